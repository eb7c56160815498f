/**
 * Operations on the CIB as pure functions: document and request in, document, patchset and result
 * out. Version numbers, stamps and validation are taken care of as the CIB manager does it.
 */
@NullMarked
package org.holdfast.cib.engine;

import org.jspecify.annotations.NullMarked;
