/**
 * Access control lists: what a user may read and write of the CIB, applied to queries and to
 * changes.
 */
@NullMarked
package org.holdfast.cib.acl;

import org.jspecify.annotations.NullMarked;
