package org.countersign.cli.verify;

import java.util.Optional;
import java.util.UUID;

/**
 * Something in a journal that is not as it was written.
 *
 * @param offset byte of the segment file at which the broken part starts
 * @param frame the frame it is in, as far as it can be told
 * @param unfinished whether it is what an interrupted write leaves: broken bytes behind everything else
 */
public record Fault(long segment, long offset, Optional<Place> frame, String what, boolean unfinished) {
    /** A frame's name. */
    public record Place(UUID session, long sequence) {}

    @Override
    public String toString() {
        return "segment " + segment + " offset " + offset
                + frame.map(place -> " session " + place.session() + " sequence " + place.sequence())
                        .orElse("")
                + ": " + what;
    }
}
