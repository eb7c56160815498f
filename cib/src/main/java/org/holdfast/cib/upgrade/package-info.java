/**
 * Brings a configuration from one major schema version to the next, with the outcome that
 * Pacemaker's own transformations have. Pure; the documents that come in are not changed.
 */
@NullMarked
package org.holdfast.cib.upgrade;

import org.jspecify.annotations.NullMarked;
