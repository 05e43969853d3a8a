package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.util.function.Consumer;

/** Single keys that work anywhere on the page except while somebody types. */
@Tag("cs-keys")
public final class Keys extends Component {
    private static final long serialVersionUID = 1L;

    /** @param keys the keys to listen to, in lower case, one character each */
    public Keys(String keys, Consumer<String> pressed) {
        getElement().setAttribute("keys", keys);
        getElement()
                .addEventListener(
                        "cs-key",
                        event -> pressed.accept(
                                event.getEventData().get("event.detail.key").asString()))
                .addEventData("event.detail.key");
    }
}
