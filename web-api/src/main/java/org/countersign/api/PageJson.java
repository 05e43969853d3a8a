package org.countersign.api;

import jakarta.json.JsonObject;
import java.util.function.Function;
import org.countersign.core.Page;

/** A page of a list. */
final class PageJson {
    private PageJson() {}

    static <T> JsonObject of(Page<T> page, Function<T, JsonObject> item) {
        return new Fields()
                .each("items", page.items(), item)
                .text("next", page.next())
                .json();
    }
}
