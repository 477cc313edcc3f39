"""The style sheet that pictures and questions bring along into whatever page shows them."""

PICTURE_CLASS = "bbh-picture"
# A dark theme turns pictures dark too: lightness is inverted, hues are turned back.
# An exported page leaves the cells out that are tagged so; where it is printed, no line is cut.
STYLE_SHEET = (
    f"<style>.{PICTURE_CLASS}{{max-width:100%;height:auto;border-radius:4px}}"
    f'[data-jp-theme-light="false"] .{PICTURE_CLASS},.vscode-dark .{PICTURE_CLASS},'
    f".theme-dark .{PICTURE_CLASS}{{filter:invert(.93) hue-rotate(180deg)}}"
    ".celltag_remove-cell{display:none}"
    "@media print{.jp-InputPrompt,.jp-OutputPrompt,.prompt{display:none!important}"
    ".jp-Cell pre,.cell pre{white-space:pre-wrap!important;overflow-wrap:anywhere}"
    ".jp-Cell :is(div,pre),.cell :is(div,pre){overflow:visible!important}}</style>"
)
