"""How Django's forms are drawn: by the field template of the interface kit."""

from django.forms.renderers import TemplatesSetting


class KitRenderer(TemplatesSetting):
    """Set as FORM_RENDERER; needs the app django.forms so that plain widgets find their templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
