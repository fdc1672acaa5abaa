"""Letters about focal points in Albanian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "focal-points-requested": Wording(
        "Pikat e kontaktit në IISG: {organisation}",
        "{salutation},\n\nMetodologjia për anëtarësimin parashikon që çdo anëtar të emërojë pika "
        "kontakti. Lusim që {organisation} të emërojë, deri më {due_on}, pika kontakti për:\n"
        "{purposes}\n\nKjo faqe, e cila është vetëm për ju, kërkon pak minuta:\n{link}\n\nMund të na "
        "shkruani edhe me shkresë; atëherë emrat i regjistrojmë ne. Çdo person që emëroni merr një "
        "llogari për Bazën e Sigurt të të Dhënave.\n\nMe respekt,",
    ),
    "focal-points-reminder": Wording(
        "Kujtesë: pikat e kontaktit në IISG: {organisation}",
        "{salutation},\n\nKemi kërkuar që {organisation} të emërojë pika kontakti, deri më {due_on}, "
        "për:\n{purposes}\n\nFaqja përkatëse është ende e hapur:\n{link}\n\nMe respekt,",
    ),
    "focal-point-welcome": Wording(
        "Jeni emëruar pikë kontakti në IISG: {organisation}",
        "I/E nderuar {recipient},\n\n{organisation} ju ka emëruar pikë kontakti për: {purpose}.\n\n"
        "Llogaria juaj është gati. Zgjidhni një fjalëkalim në këtë faqe; lidhja vlen vetëm një herë, "
        "për shtatë ditë:\n{link}\n\nMë vonë, e njëjta faqe mund t’ju dërgojë një lidhje tjetër.\n\n"
        "Pastaj mund të lexoni nevojat dhe veprimet që anëtarët ndajnë me njëri-tjetrin dhe të "
        "raportoni ato që paraqet {organisation}. Ju lutemi të mos futni informacion operativ dhe as "
        "informacion zbulimi.\n\nMe respekt,",
    ),
    "focal-point-named": Wording(
        "Jeni emëruar pikë kontakti për: {purpose} ({organisation})",
        "I/E nderuar {recipient},\n\n{organisation} ju ka emëruar pikë kontakti për: {purpose}. "
        "Llogaria juaj mbetet siç është:\n{link}\n\nMe respekt,",
    ),
}

PURPOSES = {
    "letters": "korrespondencën zyrtare",
    "WBCTi": "takimet teknike të WBCTi (lufta kundër terrorizmit)",
    "WBCSCi": "takimet teknike të WBCSCi (krimi i rëndë dhe i organizuar)",
    "WBBSi": "takimet teknike të WBBSi (siguria kufitare)",
}
"""What a focal point is for, as it follows “for”; the abbreviations of pillars are the same in every language."""
