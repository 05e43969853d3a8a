package org.countersign.core.audit;

import java.util.List;

/** Which controls which part of the report gives evidence for. */
final class Controls {
    /** @param control as its standard names it */
    record Control(String control, String asks, String part) {}

    static final List<Control> ALL = List.of(
            new Control(
                    "ISO/IEC 27001:2022 A.5.3; NIST SP 800-53 AC-5",
                    "conflicting duties are separated",
                    "Proof; Constraints in force; Refused attempts"),
            new Control(
                    "ISO/IEC 27001:2022 A.8.2; NIST AC-6(9)",
                    "privileged access is restricted and its use recorded",
                    "Countersigned commands; Privileged commands that nobody had to countersign; Exceptions and their"
                            + " reviews"),
            new Control(
                    "ISO/IEC 27001:2022 A.8.15; NIST AU-3, AU-10, AU-12",
                    "who did what and when is logged and cannot be denied",
                    "Countersigned commands; Privileged commands that nobody had to countersign; each row names its"
                            + " recording"),
            new Control(
                    "NIST AC-3(2); SOX ITGC change management",
                    "dual authorisation: author, approver and executor differ",
                    "Proof; Countersigned commands"),
            new Control(
                    "NIST CM-5; SOX ITGC; SOC 2 CC8.1",
                    "changes of the configuration are authorised by a second person",
                    "Changes of the policy"),
            new Control(
                    "SOC 2 CC6.1–CC6.3",
                    "access follows roles, least privilege and segregation of duties",
                    "Constraints in force; Changes of the policy"),
            new Control("SOC 2 CC7.2", "attempts to get around controls are seen", "Refused attempts"),
            new Control(
                    "PCI DSS 4.0.1 7.2; SOX ITGC (emergency access)",
                    "access is given by need and reviewed, in an emergency afterwards",
                    "Changes of the policy; Exceptions and their reviews"),
            new Control(
                    "PCI DSS 4.0.1 8.2, 8.6", "every action belongs to one person", "Responsible persons of each row"),
            new Control(
                    "PCI DSS 4.0.1 10.2",
                    "privileged actions are logged",
                    "Countersigned commands; Privileged commands that nobody had to countersign; Refused attempts"),
            new Control(
                    "ANSI INCITS 359 (static and dynamic separation)",
                    "conflicting roles are not held, or not used, together",
                    "Constraints in force; Refused attempts"),
            new Control(
                    "NIST AU-9; PCI DSS 4.0.1 10.3",
                    "records are protected from change",
                    "The signature of this file; each row names its recording"),
            new Control(
                    "ISO/IEC 27001:2022 A.5.18",
                    "access rights are given, changed and taken away by rule",
                    "Changes of the policy; Exceptions and their reviews"),
            new Control(
                    "NIST SP 800-207",
                    "each request is decided about at an enforcement point",
                    "Rules and policy version of each row; Refused attempts"),
            new Control(
                    "OWASP LLM06; OWASP Agentic ASI02, ASI03, ASI10",
                    "agents act within what a person answers for",
                    "Responsible persons of each row; Refused attempts"),
            new Control(
                    "OWASP Agentic ASI09",
                    "people who agree have looked",
                    "Reasons and times of each decision; the page Approvers of the portal"));

    private Controls() {}
}
