package org.countersign.portal.session;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Optional;
import org.countersign.core.recording.CommandResult;
import org.countersign.portal.ui.CellValue;

/** The rows a client received, masks applied; a hundred at a time. */
final class ResultTable extends Div {
    private static final long serialVersionUID = 1L;
    private static final int ROWS_AT_ONCE = 100;

    private final NativeTable table = new NativeTable();
    private final transient List<List<Optional<String>>> rows;
    private final Button more = new Button();
    private int shown;

    ResultTable(CommandResult result) {
        rows = result.rows();
        table.addClassNames("grid", "result");
        table.getElement().setAttribute("aria-label", "Result, as the client received it");
        NativeTableRow head = table.getHead().addRow();
        result.columns().forEach(column -> {
            var type = new Span(column.type());
            type.addClassName("type");
            var cell = new NativeTableHeaderCell(column.name());
            cell.add(type);
            head.add(cell);
        });
        var scrolls = new Div(table);
        scrolls.addClassNames("scrolls", "framed");
        scrolls.getElement().setAttribute("tabindex", "0");
        more.addClickListener(click -> showMore());
        more.addClassName("more");
        add(scrolls, more);
        showMore();
        if (result.cut()) {
            add(new Span("Only the first " + CommandResult.MAX_ROWS + " rows are shown; the recording has all."));
        }
    }

    private void showMore() {
        int end = Math.min(rows.size(), shown + ROWS_AT_ONCE);
        rows.subList(shown, end).forEach(row -> table.getBody().addRows(row(row)));
        shown = end;
        more.setVisible(shown < rows.size());
        more.setText("Show more of " + rows.size() + " rows");
    }

    private static NativeTableRow row(List<Optional<String>> values) {
        var row = new NativeTableRow();
        values.forEach(value -> row.add(new NativeTableCell(CellValue.of(value))));
        return row;
    }
}
