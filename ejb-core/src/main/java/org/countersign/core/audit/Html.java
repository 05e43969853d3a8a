package org.countersign.core.audit;

/** An HTML document in the making: every text is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** @param markup written here, never anybody's text */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html text(String text) {
        text.chars().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append((char) c);
            }
        });
        return this;
    }

    Html heading(String text) {
        return raw("\n<h2>").text(text).raw("</h2>\n");
    }

    Html subheading(String text) {
        return raw("<h3>").text(text).raw("</h3>\n");
    }

    Html warning(String text) {
        return raw("<p><strong>").text(text).raw("</strong></p>\n");
    }

    Html paragraph(String text) {
        return raw("<p>").text(text).raw("</p>\n");
    }

    Html head(String... cells) {
        raw("<table><thead><tr>");
        for (String cell : cells) {
            raw("<th>").text(cell).raw("</th>");
        }
        return raw("</tr></thead><tbody>\n");
    }

    Html row(String... cells) {
        raw("<tr>");
        for (String cell : cells) {
            raw("<td>").text(cell).raw("</td>");
        }
        return raw("</tr>\n");
    }

    /** A row that leads to where more is to be seen. */
    Html linked(String address, String name, String... cells) {
        raw("<tr>");
        for (String cell : cells) {
            raw("<td>").text(cell).raw("</td>");
        }
        return raw("<td><a href=\"").text(address).raw("\">").text(name).raw("</a></td></tr>\n");
    }

    Html end() {
        return raw("</tbody></table>\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
