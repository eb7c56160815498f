/**
 * The CIB's schema versions, 1.0 to 4.0, and the check of a document against one of them. The
 * grammar of all versions is one file, cib.rnc.
 */
@NullMarked
package org.holdfast.cibxml.schema;

import org.jspecify.annotations.NullMarked;
