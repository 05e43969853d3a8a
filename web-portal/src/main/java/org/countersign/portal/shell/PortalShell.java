package org.countersign.portal.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/** The page around every view. */
@Push(transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("assets/countersign.nocache.css")
public class PortalShell implements AppShellConfigurator {
    private static final long serialVersionUID = 1L;

    /** Before anything is drawn, or a dark page would flash up white. */
    private static final String CHOSEN_THEME = """
            (() => {
              const chosen = localStorage.getItem('countersign.theme');
              if (chosen === 'dark' || chosen === 'light') {
                document.documentElement.style.colorScheme = chosen;
                document.documentElement.dataset.theme = chosen;
              }
            })();""";

    @Override
    public void configurePage(AppShellSettings settings) {
        String root = settings.getRequest().getContextPath();
        settings.setViewport("width=device-width, initial-scale=1");
        settings.addMetaTag("color-scheme", "light dark");
        settings.addMetaTag("referrer", "same-origin");
        settings.addFavIcon("icon", root + "/assets/favicon.svg", "any");
        settings.addInlineWithContents(
                TargetElement.HEAD, Inline.Position.PREPEND, CHOSEN_THEME, Inline.Wrapping.JAVASCRIPT);
        settings.addInlineWithContents(
                TargetElement.HEAD,
                Inline.Position.APPEND,
                "<script defer src=\"" + root + "/assets/countersign.nocache.js\"></script>",
                Inline.Wrapping.NONE);
    }
}
