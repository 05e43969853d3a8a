package org.countersign.core.policy;

/**
 * One thing that is wrong with a set of manifests.
 *
 * @param file where it was read from; {@code Kind/name} in the store for an object that is already in force
 * @param line from 1; 0 when it is about the file as a whole
 * @param column from 1; 0 when it is about the file as a whole
 * @param path the keys that lead there: {@code spec.permissions[0].actions}
 * @param message what is wrong and which values are allowed; never a secret
 */
public record ManifestProblem(String file, int line, int column, String path, String message) {
    /** {@code file:line:column: path: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
