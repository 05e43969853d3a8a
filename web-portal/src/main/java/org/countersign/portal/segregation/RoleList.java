package org.countersign.portal.segregation;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Map;
import org.countersign.core.segregation.ConstraintView;

/** From which others each role is kept apart: what a matrix says, for more roles than a matrix can show. */
final class RoleList extends NativeTable {
    private static final long serialVersionUID = 1L;

    /** @param separations of as many roles as are to be shown */
    RoleList(Map<String, ? extends Map<String, List<ConstraintView>>> separations) {
        addClassNames("grid", "role-list");
        setCaptionText("Which roles are kept apart");
        getHead().addRow().add(header("Role", "col"), header("is kept apart from", "col"));
        separations.forEach((role, others) ->
                getBody().addRows(new NativeTableRow(header(role, "row"), new NativeTableCell(all(others)))));
    }

    private static Div all(Map<String, List<ConstraintView>> others) {
        var all = new Div();
        others.forEach((other, constraints) -> {
            var one = new Div(new Span(other));
            one.addClassName("state-line");
            constraints.forEach(constraint -> one.add(RoleMatrix.chip(constraint)));
            all.add(one);
        });
        return all;
    }

    private static NativeTableHeaderCell header(String text, String scope) {
        var cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", scope);
        return cell;
    }
}
