"""The elements of html by what they are to a reader of text."""

UNSEEN = frozenset(
    {
        *("head", "title", "script", "style", "template", "noscript", "xml"),
        *("iframe", "object", "svg", "math", "audio", "video", "canvas", "map", "textarea"),
    }
)
"""Elements whose text is not on the page, or is not the page's."""

LINES = frozenset(
    {
        *("html", "body", "main", "header", "footer", "nav", "article", "section", "aside"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "center", "address", "blockquote"),
        *("pre", "hr", "br", "ul", "ol", "li", "dl", "dt", "dd", "menu", "details", "summary"),
        *("figure", "figcaption", "form", "fieldset", "legend", "select", "optgroup", "option"),
        *("caption", "thead", "tbody", "tfoot", "tr", "td", "th", "dialog", "frameset"),
    }
)
"""Elements that begin and end a line of their own."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
