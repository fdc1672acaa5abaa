"""Letters on the way to membership in Albanian: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "invitation": Wording(
        "Ftesë për anëtarësim në IISG",
        "Integrative Internal Security Governance (IISG) pasqyron nevojat e sigurisë të gjashtë "
        "partnerëve të Ballkanit Perëndimor dhe bashkërendon veprimet që anëtarët e saj ndërmarrin "
        "për t’iu përgjigjur atyre. Sa më shumë partnerë të marrin pjesë, aq më e plotë është "
        "tabloja.\n\nSekretariati ka nderin të paraqesë ftesën që {organisation} të anëtarësohet në "
        "IISG. Nëse jeni të interesuar, ju lutemi ta shprehni interesin me formularin e Aneksit të "
        "metodologjisë për anëtarësimin, deri më {due_on}. Kjo faqe është vetëm për ju; plotësimin "
        "mund ta ndërprisni dhe ta vazhdoni në çdo kohë:\n{link}\n\nFormularin mund ta ktheni edhe "
        "në letër, të nënshkruar. Për anëtarësimin vendos Bordi; do t’ju njoftojmë për çdo hap.",
    ),
    "reminder": Wording(
        "Kujtesë: ftesë për anëtarësim në IISG",
        "Ju kemi dërguar ftesën që {organisation} të anëtarësohet në Integrative Internal Security "
        "Governance (IISG) dhe do të na gëzonte përgjigjja juaj deri më {due_on}. Faqja juaj është "
        "ende e hapur:\n{link}",
    ),
    "received": Wording(
        "Kemi marrë shprehjen e interesit nga {organisation}",
        "Ju falënderojmë. Shprehja e interesit nga {organisation} ka mbërritur; numri i saj i "
        "referencës është {case}.\n\nSekretariati tani verifikon nëse ajo është e plotë dhe përgatit "
        "një vlerësim të shkurtër sipas tri kritereve të metodologjisë. Më pas Bordi vendos në një "
        "mbledhje ose me procedurë të heshtur me shkrim. Çdo hap mund ta ndiqni këtu:\n{link}",
    ),
    "interest": Wording(
        "{organisation} shpreh interes për anëtarësim ({case})",
        "{organisation} ka shprehur interes për t’u anëtarësuar në Integrative Internal Security "
        "Governance (IISG). Numri i referencës së rastit është {case}.",
    ),
    "incomplete": Wording(
        "Ju lutemi të plotësoni shprehjen e interesit: {organisation}",
        "Kemi lexuar shprehjen e interesit nga {organisation} ({case}). Para se të vazhdojmë, mungon "
        "sa vijon:\n\n{missing}\n\nFaqja juaj është hapur përsëri; çfarë keni shkruar është "
        "ruajtur:\n{link}",
    ),
    "admitted": Wording(
        "{organisation} është anëtarësuar në IISG",
        "Kemi kënaqësinë t’ju njoftojmë se {organisation} ka statusin e anëtarit në Integrative "
        "Internal Security Governance (IISG) nga data {day} ({basis}).\n\nAnëtarët marrin pjesë në "
        "takimet e tri shtyllave, mund të ndjekin mbledhjet e Bordit si vëzhgues dhe shkëmbejnë "
        "informacion të përgjithshëm për veprimet e tyre në rajon. Nuk pritet informacion operativ "
        "dhe as informacion zbulimi.\n\nMe një shkresë të veçantë ju kërkohet të emëroni pikat tuaja "
        "të kontaktit; bashkë me to vjen edhe qasja në Bazën e Sigurt të të Dhënave.",
    ),
    "refused": Wording(
        "Vendimi i Bordit për anëtarësimin: {organisation}",
        "Bordi shqyrtoi shprehjen e interesit nga {organisation} dhe nuk e konfirmoi anëtarësimin "
        "({decision}). Arsyeja e dhënë është:\n\n{reason}\n\nNjë shprehje e re interesi mund të "
        "paraqitet në çdo kohë.",
    ),
    "deferred": Wording(
        "Bordi kërkon më shumë për anëtarësimin: {organisation}",
        "Bordi shqyrtoi shprehjen e interesit nga {organisation} dhe e shtyu vendimin ({decision}). "
        "Ai kërkon:\n\n{reason}\n\nE mirëpresim përgjigjen tuaj dhe do t’ia paraqesim rastin Bordit "
        "përsëri. Mund ta dërgoni nga faqja juaj ose me letër:\n{link}",
    ),
    "notice-to-board": Wording(
        "Njoftim për Bordin: {organisation} ka statusin e anëtarit",
        "Sekretariati njofton Bordin se {organisation} ka statusin e anëtarit në Integrative "
        "Internal Security Governance (IISG) nga data {day}. Baza e anëtarësimit: {ground}. Sipas "
        "metodologjisë për anëtarësimin, anëtarësimi hyn në fuqi me këtë njoftim.",
    ),
    "new-member": Wording(
        "{organisation} i është bashkuar IISG-së",
        "{organisation} ka statusin e anëtarit në Integrative Internal Security Governance (IISG) "
        "nga data {day}. Baza e anëtarësimit: {ground}. Na gëzon pjesëmarrja e këtij anëtari të ri.",
    ),
    "suspended": Wording(
        "Pezullimi i anëtarësimit: {organisation}",
        "Statusi i anëtarit në Integrative Internal Security Governance (IISG), që ka "
        "{organisation}, pezullohet nga data {day}. Arsyeja është:\n\n{reason}",
    ),
    "resumed": Wording(
        "Anëtarësimi vlen përsëri: {organisation}",
        "Statusi i anëtarit në Integrative Internal Security Governance (IISG), që ka "
        "{organisation}, vlen përsëri nga data {day}.",
    ),
    "ended": Wording(
        "Përfundimi i anëtarësimit: {organisation}",
        "Statusi i anëtarit në Integrative Internal Security Governance (IISG), që ka "
        "{organisation}, përfundon më {day}. Arsyeja është:\n\n{reason}\n\nJu falënderojmë për "
        "gjithçka që keni shkëmbyer.",
    ),
}

GROUNDS = {
    "partner": "partner i Ballkanit Perëndimor",
    "institution": "Komisioni Evropian ose Shërbimi Evropian i Veprimit të Jashtëm",
    "notification": "agjenci e BE-së për Drejtësinë dhe Punët e Brendshme, me njoftim",
    "former_lead_partner": "ish-partner udhëheqës, automatikisht",
    "host": "mikpritës i Sekretariatit, automatikisht",
    "board_approval": "miratimi i Bordit",
}
"""Grounds of membership, as they follow a colon."""

PROCEDURES = {
    "meeting": "në mbledhje të Bordit",
    "silence": "me procedurë të heshtur me shkrim",
}
"""How the Board has decided, as it follows the number of the decision."""
