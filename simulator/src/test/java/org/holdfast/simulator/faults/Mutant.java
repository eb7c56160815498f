package org.holdfast.simulator.faults;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.MethodTypeDesc;

/**
 * Loads the project's classes a second time with one small mistake in one of them: an exception
 * that is not thrown (the method returns instead), or a condition that is turned round.
 */
final class Mutant extends ChangedCode {

    static final int NOWHERE = -1;

    private final String mutated;
    private final int place;
    private int seen;
    private int line;
    private String description = "nothing";

    /** Puts a mistake at the n-th place of a class where one is possible. */
    Mutant(String mutated, int place) {
        super(Mutant.class.getClassLoader());
        this.mutated = mutated;
        this.place = place;
    }

    /** In how many places of a class a mistake can be put. */
    static int places(String className) throws ClassNotFoundException {
        Mutant counting = new Mutant(className, NOWHERE);
        counting.loadClass(className);
        return counting.seen;
    }

    /** What was changed; known when the class has been loaded. */
    String description() {
        return description;
    }

    @Override
    byte[] change(String name, byte[] bytes) {
        return name.equals(mutated) ? mutate(bytes) : bytes;
    }

    private byte[] mutate(byte[] bytes) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(bytes);
        return format.transformClass(
                model,
                (builder, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        builder.transformMethod(
                                method,
                                MethodTransform.transformingCode((code, one) ->
                                        mutate(code, one, method.methodTypeSymbol())));
                    } else {
                        builder.with(element);
                    }
                });
    }

    private void mutate(CodeBuilder builder, CodeElement element, MethodTypeDesc type) {
        switch (element) {
            case LineNumber number -> {
                line = number.line();
                builder.with(element);
            }
            case ThrowInstruction _ when isThePlace("nothing is thrown") -> {
                TypeKind result = TypeKind.from(type.returnType());
                builder.pop();
                switch (result) {
                    case VOID -> {
                        // Nothing to return.
                    }
                    case REFERENCE -> builder.aconst_null();
                    case LONG -> builder.lconst_0();
                    default -> builder.iconst_0();
                }
                builder.return_(result);
            }
            case BranchInstruction branch
                    when isCondition(branch.opcode()) && isThePlace("turned round") ->
                    builder.branch(opposite(branch.opcode()), branch.target());
            default -> builder.with(element);
        }
    }

    private boolean isThePlace(String what) {
        if (seen++ != place) {
            return false;
        }
        description = mutated + " line " + line + ": " + what;
        return true;
    }

    private static boolean isCondition(Opcode opcode) {
        return opcode != Opcode.GOTO && opcode != Opcode.GOTO_W;
    }

    private static Opcode opposite(Opcode condition) {
        return switch (condition) {
            case IFEQ -> Opcode.IFNE;
            case IFNE -> Opcode.IFEQ;
            case IFLT -> Opcode.IFGE;
            case IFGE -> Opcode.IFLT;
            case IFGT -> Opcode.IFLE;
            case IFLE -> Opcode.IFGT;
            case IFNULL -> Opcode.IFNONNULL;
            case IFNONNULL -> Opcode.IFNULL;
            case IF_ICMPEQ -> Opcode.IF_ICMPNE;
            case IF_ICMPNE -> Opcode.IF_ICMPEQ;
            case IF_ICMPLT -> Opcode.IF_ICMPGE;
            case IF_ICMPGE -> Opcode.IF_ICMPLT;
            case IF_ICMPGT -> Opcode.IF_ICMPLE;
            case IF_ICMPLE -> Opcode.IF_ICMPGT;
            case IF_ACMPEQ -> Opcode.IF_ACMPNE;
            case IF_ACMPNE -> Opcode.IF_ACMPEQ;
            default -> throw new IllegalArgumentException("no condition: " + condition);
        };
    }
}
