"""A certificate authority for tests: issues a person's certificate and really signs PDFs with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

_QUALIFIED = bytes.fromhex("300a3008060604008e460101")  # one statement: id-etsi-qcs-QcCompliance


def _named(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


@dataclass
class Authority:
    """An issuer of its own; `pem` is what a trust list would hold."""

    name: str
    at: datetime

    def __post_init__(self) -> None:
        """Make its key and its own certificate."""
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._certificate = (
            self._building(_named(self.name), self._key, 3650)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.pem = self._certificate.public_bytes(serialization.Encoding.PEM)

    def sign(
        self,
        pdf: bytes,
        person: str = "A. Director",
        days: int = 365,
        field: str = "Signature",
        *,
        with_rsa: bool = False,
    ) -> bytes:
        """The PDF with an electronic signature of a person, added as an increment."""
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        key = rsa.generate_private_key(65537, 2048) if with_rsa else ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._building(_named(person), key, days)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.5.5.7.1.3"), _QUALIFIED), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        store = SimpleCertificateStore()
        store.register(_plain(self._certificate))
        signer = signers.SimpleSigner(
            signing_cert=_plain(certificate), signing_key=keys.PrivateKeyInfo.load(plain), cert_registry=store
        )
        told = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES)
        signed = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signers.PdfSigner(told, signer).sign_pdf(writer, output=signed)
        return signed.getvalue()

    def _building(
        self, subject: x509.Name, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, days: int
    ) -> x509.CertificateBuilder:
        begins = self.at - timedelta(days=30)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_named(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=days))
        )


def _plain(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
