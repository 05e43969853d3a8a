/** The REST interface: resources, their JSON and their problems. Callers come with a bearer token, never a cookie. */
@NullMarked
package org.countersign.api;

import org.jspecify.annotations.NullMarked;
