package org.countersign.core.identity;

import org.countersign.model.session.Principal;

/**
 * A connection credential whose password was proved.
 *
 * @param target the only target it is for
 * @param token that it was made with; its text is empty where nobody is asked about it
 */
public record ProvedCredential(Principal principal, String target, AccessToken token) {}
