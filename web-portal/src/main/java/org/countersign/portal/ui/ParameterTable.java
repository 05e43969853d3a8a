package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;
import java.util.Optional;

/** The values bound to a command. */
public final class ParameterTable extends NativeTable {
    private static final long serialVersionUID = 1L;

    /** @param values empty for NULL */
    public ParameterTable(List<String> types, List<Optional<String>> values) {
        addClassNames("grid", "parameters");
        setCaptionText("Parameters");
        NativeTableRow head = getHead().addRow();
        head.add(
                new NativeTableHeaderCell("Place"),
                new NativeTableHeaderCell("Type"),
                new NativeTableHeaderCell("Value"));
        for (int i = 0; i < values.size(); i++) {
            var row = new NativeTableRow(
                    new NativeTableCell("$" + (i + 1)),
                    new NativeTableCell(types.get(i)),
                    new NativeTableCell(whole(values.get(i))));
            getBody().addRows(row);
        }
    }

    /** Never folded: a decision may hang on the end of a value. */
    private static Component whole(Optional<String> value) {
        return value.<Component>map(CommandText::inline).orElseGet(() -> CellValue.of(value));
    }
}
