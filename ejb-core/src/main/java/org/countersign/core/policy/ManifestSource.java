package org.countersign.core.policy;

/**
 * A text with manifests.
 *
 * @param file what problems call it
 */
record ManifestSource(String file, String yaml) {}
