package org.countersign.portal.shell;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import jakarta.inject.Inject;
import java.util.List;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.grant.BreakGlassService;
import org.countersign.core.grant.GrantService;
import org.countersign.core.identity.Caller;
import org.countersign.portal.approval.ApprovalNews;
import org.countersign.portal.approval.ApprovalsPresenter;
import org.countersign.portal.approval.LiveUpdates;
import org.countersign.portal.grant.BreakGlassPresenter;
import org.countersign.portal.grant.GlassBanner;
import org.countersign.portal.ui.Symbol;

/** Navigation at the left with who is signed in below it; the page at the right. */
public class MainLayout extends AppLayout implements AfterNavigationObserver {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalsPresenter approvals;
    private final transient BreakGlassPresenter glass;
    private final GlassBanner banner = new GlassBanner();
    private final Span pending = new Span();

    @Inject
    public MainLayout(
            SignedIn signedIn,
            ApprovalService approvals,
            BreakGlassService breakGlass,
            GrantService grants,
            ApprovalNews news) {
        this.glass = new BreakGlassPresenter(breakGlass, grants, signedIn::caller);
        this.approvals = new ApprovalsPresenter(approvals, signedIn::caller);
        setPrimarySection(Section.DRAWER);
        addToDrawer(brand(), navigation(signedIn.caller()), person(signedIn.caller()));
        var toggle = new DrawerToggle();
        toggle.setAriaLabel("Navigation");
        addToNavbar(true, toggle);
        LiveUpdates.of(this, news, change -> true, this::refresh);
        count();
    }

    /** The banner stands on top of every page, on wide screens too, where there is no bar. */
    @Override
    public void showRouterLayoutContent(HasElement page) {
        var whole = new Div(banner);
        whole.addClassName("below-banner");
        whole.getElement().appendChild(page.getElement());
        setContent(whole);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        watchGlass();
    }

    private void refresh() {
        count();
        watchGlass();
    }

    /** Looks whether break-glass concerns whoever is signed in. */
    public void watchGlass() {
        banner.show(glass.concerning());
    }

    private static Anchor brand() {
        var name = new Span("Countersign");
        var brand = new Anchor("approvals", Symbol.MARK.icon(), name);
        brand.addClassName("brand");
        return brand;
    }

    private SideNav navigation(Caller caller) {
        pending.addClassName("nav-count");
        var inbox = new SideNavItem("Approvals", "approvals", Symbol.APPROVALS.icon());
        inbox.setSuffixComponent(pending);
        inbox.setMatchNested(true);
        var sessions = new SideNavItem("Sessions", "sessions", Symbol.SESSIONS.icon());
        sessions.setMatchNested(true);
        var agents = new SideNavItem("Agents", "agents", Symbol.AGENT.icon());
        var budgets = new SideNavItem("Budgets", "budgets", Symbol.BUDGET.icon());
        var policy = new SideNavItem("Policy changes", "policy", Symbol.POLICY.icon());
        var segregation = new SideNavItem("Segregation", "segregation", Symbol.SEGREGATION.icon());
        var report = new SideNavItem("Report", "report", Symbol.DONE.icon());
        var grants = new SideNavItem("Grants", "grants", Symbol.GRANT.icon());
        var breakGlass = new SideNavItem("Break-glass", "break-glass", Symbol.GLASS.icon());
        var explain = new SideNavItem("Explain", "explain", Symbol.EXPLAIN.icon());
        var navigation = new SideNav();
        navigation.getElement().setAttribute("aria-label", "Main");
        var delegations = new SideNavItem("Delegations", "delegations", Symbol.PERSON.icon());
        navigation.addItem(
                inbox, delegations, grants, breakGlass, sessions, agents, budgets, policy, segregation, report);
        if (caller.has("admin") || caller.has("auditor")) {
            navigation.addItem(new SideNavItem("Approvers", "approvers", Symbol.MARK.icon()));
        }
        navigation.addItem(explain);
        return navigation;
    }

    private static Footer person(Caller caller) {
        var name = new Span(caller.principal().name());
        name.addClassName("person-name");
        name.setId("signed-in");
        var roles = new Span(roles(caller));
        roles.addClassName("person-roles");
        var words = new Div(name, roles);
        var who = new Div((caller.principal().agent() ? Symbol.AGENT : Symbol.PERSON).icon(), words);
        who.addClassName("person");
        var leave = new Anchor("logout", Symbol.LEAVE.icon(), new Span("Sign out"));
        leave.setRouterIgnore(true);
        leave.addClassName("quiet");
        var tools = new Div(leave);
        tools.addClassName("person-tools");
        tools.getElement().insertChild(0, new Element("cs-theme"));
        var footer = new Footer(who, tools);
        footer.addClassName("signed-in");
        return footer;
    }

    private static String roles(Caller caller) {
        List<String> duties = Duties.of(caller);
        return duties.isEmpty() ? "no duty assigned" : String.join(", ", duties);
    }

    private void count() {
        int mine = approvals.awaitingMe();
        pending.setText(mine == 0 ? "" : String.valueOf(mine));
        pending.setVisible(mine > 0);
        pending.getElement().setAttribute("aria-label", mine + " wait for you");
    }
}
