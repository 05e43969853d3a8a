package org.countersign.portal.segregation;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;
import org.countersign.core.segregation.ConstraintView;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Tone;

/** Which roles are kept apart from which, and how. */
final class RoleMatrix extends NativeTable {
    private static final long serialVersionUID = 1L;

    RoleMatrix(SegregationPresenter.Open open) {
        addClassNames("grid", "role-matrix");
        setCaptionText("Which roles are kept apart");
        List<String> roles = open.roles();
        NativeTableRow head = getHead().addRow();
        head.add(new NativeTableHeaderCell(""));
        roles.forEach(role -> head.add(header(role, "col")));
        for (String one : roles) {
            var row = new NativeTableRow(header(one, "row"));
            roles.forEach(other -> row.add(cell(open.between(one, other), one.equals(other))));
            getBody().addRows(row);
        }
    }

    private static NativeTableHeaderCell header(String role, String scope) {
        var cell = new NativeTableHeaderCell(role);
        cell.getElement().setAttribute("scope", scope);
        return cell;
    }

    private static NativeTableCell cell(List<ConstraintView> between, boolean same) {
        if (same) {
            return new NativeTableCell("–");
        }
        var chips = new Div();
        between.forEach(constraint -> chips.add(chip(constraint)));
        return new NativeTableCell(chips);
    }

    static Chip chip(ConstraintView constraint) {
        var chip = new Chip(constraint.type(), constraint.type().equals("static") ? Tone.BAD : Tone.WAITING);
        chip.setTitle(constraint.name() + ": " + SegregationPresenter.reach(constraint));
        return chip;
    }
}
