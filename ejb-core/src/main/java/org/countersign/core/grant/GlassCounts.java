package org.countersign.core.grant;

/** Where the uses of break-glass stand. Public, and with such names, because management beans have to be. */
public interface GlassCounts {
    long getOpen();

    long getUnreviewed();

    long getOverdue();
}
