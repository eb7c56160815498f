/** Tests of what the schema check says about broken CIBs. */
@NullMarked
package org.holdfast.cibxml.schema.report;

import org.jspecify.annotations.NullMarked;
