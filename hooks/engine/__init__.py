"""The one adapter to MkDocs, static-i18n and Material: what the hooks share during a build."""
