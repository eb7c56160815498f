/**
 * XML text to document and back, as pure functions of their arguments. Prints byte for byte what
 * Pacemaker and libxml2 print; parses with external entities off and every size bounded.
 */
@NullMarked
package org.holdfast.cibxml;

import org.jspecify.annotations.NullMarked;
