package org.countersign.portal.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short words after something was done; screen readers speak them. */
public final class Notice {
    private static final int MILLISECONDS = 6000;

    private Notice() {}

    public static void show(String text) {
        open(text, NotificationVariant.SUCCESS);
    }

    public static void warn(String text) {
        open(text, NotificationVariant.WARNING);
    }

    private static void open(String text, NotificationVariant variant) {
        var notice = new Notification(text, MILLISECONDS, Notification.Position.BOTTOM_CENTER, true);
        notice.addThemeVariants(variant);
        notice.open();
    }
}
