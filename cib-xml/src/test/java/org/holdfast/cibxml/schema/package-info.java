/** Tests of the schema check. */
@NullMarked
package org.holdfast.cibxml.schema;

import org.jspecify.annotations.NullMarked;
