package org.countersign.portal.ui;

import com.vaadin.flow.component.Html;

/** The portal's own pictures; purely decorative, so every use has words beside it. */
public enum Symbol {
    MARK("<path d='M12 2.5 4.5 5.5v6c0 4.6 3.1 8.3 7.5 10 4.4-1.7 7.5-5.4 7.5-10v-6z'/><path d='m8.5 11 2.3"
            + " 2.3L15.5 8.6'/><path d='M8.8 16.4h6.4'/>"),
    APPROVALS("<path d='M4 13.5 6.6 5h10.8L20 13.5V19H4z'/><path d='M4 13.5h4.5l1.2 2.2h4.6l1.2-2.2H20'/>"),
    SESSIONS("<rect x='3' y='4.5' width='18' height='15' rx='2'/><path d='m7 9.5 3 2.7-3 2.7M12.5 15h4.5'/>"),
    POLICY("<path d='M6 3.5h9l3.5 3.5v13.5H6z'/><path d='M9 11h6M9 14.5h6M9 7.5h2.5'/>"),
    SEGREGATION("<path d='M12 3.5v17M4 7.5h4.5v9H4zM15.5 7.5H20v9h-4.5z'/>"),
    EXPLAIN("<path d='M4 5h16v11.5H10.5L6.5 20v-3.5H4z'/><path d='M9.6 9a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .7-1 1.3M12"
            + " 14.4v.1'/>"),
    GRANT("<circle cx='8' cy='15.5' r='4'/><path d='m11 12.5 8-8M16 7.5l2.5 2.5M13.5 10l2 2'/>"),
    GLASS("<path d='M5 4h14v16H5z'/><path d='m12 4-2.5 5.5 4 2-3 8.5M13.5 11.5 19 9'/>"),
    BUDGET("<path d='M4 17a8 8 0 1 1 16 0M4 17h16M12 17l4-5.5'/>"),
    AGENT("<rect x='5' y='8' width='14' height='11' rx='2.5'/><path d='M12 8V4.5M9.5 13v1.5M14.5 13v1.5M2.5"
            + " 12.5v3M21.5 12.5v3'/>"),
    PERSON("<circle cx='12' cy='8' r='3.8'/><path d='M4.8 20c.7-3.9 3.5-6 7.2-6s6.5 2.1 7.2 6'/>"),
    TARGET("<ellipse cx='12' cy='6' rx='7.5' ry='2.8'/><path d='M4.5 6v12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8V6M4.5"
            + " 12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8'/>"),
    LEAVE("<path d='M14 4.5H5.5v15H14M10.5 12H21M17.5 8.5 21 12l-3.5 3.5'/>"),
    LOST("<circle cx='11' cy='11' r='6.5'/><path d='m16 16 4.5 4.5M8.8 11h4.4'/>"),
    DONE("<circle cx='12' cy='12' r='8.5'/><path d='m8.3 12.2 2.6 2.6 4.9-5.3'/>");

    private final String paths;

    Symbol(String paths) {
        this.paths = paths;
    }

    /** The svg is the inside of the component: Vaadin writes a root's attributes in lower case, and svg minds. */
    public Html icon() {
        return new Html("<span class='symbol'><svg viewBox='0 0 24 24' fill='none' stroke='currentColor'"
                + " stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>" + paths
                + "</svg></span>");
    }
}
