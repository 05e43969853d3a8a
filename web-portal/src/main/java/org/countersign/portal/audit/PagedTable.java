package org.countersign.portal.audit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;
import java.util.function.Function;
import org.countersign.core.Page;
import org.countersign.portal.ui.Panel;

/**
 * A panel with a table, whose older rows come when they are asked for.
 *
 * @param row shows one of what the table has
 * @param older reads the page behind a cursor
 */
record PagedTable<T>(
        String title, List<String> columns, Function<T, NativeTableRow> row, Function<String, Page<T>> older) {
    Panel of(Page<T> first) {
        var table = new NativeTable();
        table.addClassName("grid");
        table.getElement().setAttribute("aria-label", title);
        NativeTableRow head = table.getHead().addRow();
        columns.forEach(column -> head.add(new NativeTableHeaderCell(column)));
        var scrolls = new Div(table);
        scrolls.addClassNames("scrolls", "flush");
        var panel = new Panel(title, scrolls);
        append(panel, table, first);
        return panel;
    }

    private void append(Panel panel, NativeTable table, Page<T> page) {
        page.items().forEach(item -> table.getBody().addRows(row.apply(item)));
        page.next().ifPresent(cursor -> {
            var more = new Button("Show older ones");
            more.addClassName("more");
            more.addClickListener(click -> {
                more.removeFromParent();
                append(panel, table, older.apply(cursor));
            });
            panel.add(more);
        });
    }
}
