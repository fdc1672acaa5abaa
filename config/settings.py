"""The settings of the house, read top to bottom; the environment decides (config/environment.py)."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment

MODE = environment.mode()
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
ROOT = environment.ROOT
VAR = environment.var()

SECRET_KEY = environment.secret_key(MODE)
DEBUG = MODE == "development"
ALLOWED_HOSTS = environment.hosts(MODE)
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- the house, from the ground up (design.md 3)
HOUSE_APPS = [
    "iisg.foundations.core",
    "iisg.foundations.audit",
    "iisg.foundations.jobs",
    "iisg.foundations.access",
    "iisg.foundations.orgs",
    "iisg.foundations.accounts",
    "iisg.office.documents",
    "iisg.office.letters",
    "iisg.office.pillars",
    "iisg.governance.meetings",
    "iisg.governance.board",
    "iisg.governance.membership",
    "iisg.knowledge.cycles",
    "iisg.knowledge.needs",
    "iisg.knowledge.actions",
    "iisg.knowledge.responses",
    "iisg.knowledge.finding",
    "iisg.knowledge.analysis",
    "iisg.faces.desk",
    "iisg.faces.public",
    "iisg.faces.console",
]
INSTALLED_APPS = [
    *HOUSE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iisg.foundations.access.doors.keep_no_copy",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iisg.foundations.core.naming.FootnoteMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "iisg" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iisg.foundations.accounts.context.house",
            ],
        },
    }
]
FORM_RENDERER = "iisg.foundations.core.rendering.KitRenderer"

# ---- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "iisg.foundations.accounts.adapter.InvitationOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "reset_password": "iisg.foundations.accounts.forms.AskForLink",
    "reset_password_from_key": "iisg.foundations.accounts.forms.ChoosePassword",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # whoever has no account gets no mail: nobody can register
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # links to choose a password; a welcome may wait over a weekend
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk_home"
LOGOUT_REDIRECT_URL = "public_home"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True

# ---- the wire
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
TRUSTED_PROXIES = environment.proxies()  # how many stand between the reader and the house
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_LIMIT_BYTES = environment.megabytes("IISG_UPLOAD_LIMIT_MB", 50)
# What one file may cost its reader, a process of its own; the terminal may take larger files than the page.
READING_LIMIT_BYTES = max(environment.megabytes("IISG_READING_LIMIT_MB", 200), IMPORT_LIMIT_BYTES)
READING_MEMORY_BYTES = 512 * 1024 * 1024
READING_SECONDS = 60

# Records that are written into a file while the reader waits: 5,000 actions as a workbook cost about 10 s of a
# processor, 100,000 cost 205, more than the two minutes that a request has. The worker writes larger files.
EXPORT_AT_ONCE = 5_000
EXPORT_KEPT = timedelta(days=1)

# ---- membership: what the methodology leaves open (rules.md 2), shown to readers as settings
MEMBERSHIP_INVITATION_DAYS = 90
MEMBERSHIP_REMINDER_DAYS = (45, 14, 3)
MEMBERSHIP_DRAFT_DAYS = 60
MEMBERSHIP_FORM_DAYS = 730  # the consent says two years; a change needs a new version of its text
MEMBERSHIP_LINK_DAYS = 60  # how long an applicant's link still works once its case is closed
MEMBERSHIP_KNOCKS = {"address": 4, "network": 20, "all": 200}  # links asked for within an hour
MEMBERSHIP_SLOWNESS = timedelta(seconds=2)  # nobody fills in an address faster than that
FOCAL_POINT_DAYS = 21
SUSPENDED_MEMBERS_KEEP_ACCESS = False  # whether focal points act while the membership of their body rests

# ---- the Board: what is not public (rules.md 3) is kept as versions of settings in the database; these are the first
BOARD_CALENDAR_OF_COMMISSION = "BE"  # no calendar of the Commission's own days is published for reuse
BOARD_FRESH_SIGN_IN = timedelta(minutes=15)  # how recent a sign-in is before somebody speaks for a seat

# ---- meetings: what the methodology leaves open (rules.md 4), shown to readers as settings
BOARD_QUORUM = {"chair": True, "partners": 4}  # of the six Western Balkans partners, with the chair
SUPPORT_GROUP_MEETINGS_A_YEAR = 2  # formations that have fewer are told of on the Secretariat's desk
MEETING_ALARMS = (timedelta(days=7), timedelta(days=1))  # before its beginning, in calendars

# ---- electronic signatures: the certificates of issuers that the Secretariat trusts, one or more in each PEM file
TRUST_LIST = environment.trust_list()
SIGNATURE_MEMORY_BYTES = 512 * 1024 * 1024
SIGNATURE_SECONDS = 20

# ---- the log: what signs its checkpoints, and the name it has for those who keep them
LOG_KEY = environment.log_key()
LOG_KEY_FILE = VAR / "log-key"
LOG_NAME = f"{environment.address(MODE).partition('://')[2]}/log"  # of a new key; the first one's name stays

# ---- words
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]  # a language is added with its catalogue, never half translated
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Brussels"
KOSOVO_WORDING = "EU"
MECHANISM_NAME = "Integrative Internal Security Governance (IISG) of the Western Balkans"
OFFICE_NAME = "IISG Secretariat"
HOUSE_NAME = "Integrative Internal Security Governance, mapping platform"
IATI_PUBLISHER = "XX-IISG"  # no identifier is registered yet: XX says so (ISO 3166, user-assigned)

# ---- files
STATIC_URL = "static/"
SILENCED_SYSTEM_CHECKS = [
    "staticfiles.W004"
]  # a house without pages (only the console) needs no front-end build
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [ROOT / "iisg" / "static" / "public", VAR / "frontend"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# ---- jobs and mail
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
MAIL = environment.mail(MODE)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = MAIL.sender
MAIL_BOUNCES = MAIL.bounces  # reports of failed mails go there, with a "+" and a token of each mail
MAIL_DOMAIN = MAIL_BOUNCES.rpartition("@")[2]
HOUSE_ADDRESS = environment.address(MODE)  # what links in letters begin with, without a slash at the end

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
