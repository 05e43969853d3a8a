package org.countersign.wire;

import io.netty.handler.codec.DecoderException;

/**
 * The peer broke its protocol: the connection is to be closed and nothing more read from it. The text names lengths and
 * places, never content.
 */
public final class WireException extends DecoderException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
