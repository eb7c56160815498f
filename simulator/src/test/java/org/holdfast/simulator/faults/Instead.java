package org.holdfast.simulator.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts the annotated static method into the code under test, in the place of another method, field
 * or call; see {@link PatchedCode}. Its first parameter is the object (for an instance method or
 * field), its others and its result are those of what it replaces.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Instead {

    /** Whose method or field, as the code that uses it names it. */
    Class<?> of();

    /** Its name. */
    String name();

    /** Only uses of it in this class; by default in all classes but the fault's own. */
    Class<?> in() default Object.class;

    /** Only uses of it in methods of this name; by default in all. */
    String within() default "";

    /** What is replaced. */
    Place place() default Place.CALL;

    /** Kinds of things that are replaced. */
    enum Place {
        /** Calls of the method, references to it included; the fault may call it itself. */
        CALL,
        /** The method's own code; for methods that the JDK calls. */
        BODY,
        /** Reads of the field. */
        FIELD
    }
}
