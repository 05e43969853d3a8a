package org.countersign.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;

/** Debian's Chromium, one context for each person who signs in. */
final class Browser implements AutoCloseable {
    /** So long a page, and what is expected of it, may take on a loaded machine, in milliseconds. */
    private static final double PATIENCE = 30_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    private final Gateway gateway;
    private final Playwright playwright = Playwright.create();
    private final com.microsoft.playwright.Browser chromium;

    Browser(Gateway gateway) {
        this.gateway = gateway;
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** A page of the portal after this person signed in; {@code path} is what the person asked for first. */
    Page signedIn(String person, String path) {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 900));
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
        page.navigate(gateway.portalUrl() + path);
        page.fill("#username", person);
        page.fill("#password", person + "-demo");
        page.click("#kc-login");
        page.waitForURL(gateway.portalUrl() + "/**");
        return page;
    }

    /** Keeps a picture under {@code target/screenshots}. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    /** Keeps pictures of it as it is, in dark, and as narrow as a phone. */
    static void pictures(Page page, String name) {
        picture(page, name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture(page, name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(390, 844);
        picture(page, name + "-narrow");
        page.setViewportSize(1280, 900);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
