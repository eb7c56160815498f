/**
 * Digests of documents and of operations' parameters, equal to Pacemaker's: nodes of both kinds
 * compare them.
 */
@NullMarked
package org.holdfast.cib.digest;

import org.jspecify.annotations.NullMarked;
