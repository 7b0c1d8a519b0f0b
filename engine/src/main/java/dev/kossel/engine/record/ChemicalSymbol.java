package dev.kossel.engine.record;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chemical element that a species name names: programs for atoms know elements only. */
final class ChemicalSymbol {

    /** What ASE and others take for a particle of no element. */
    static final String NONE = "X";

    private static final Set<String> ELEMENTS =
            Set.of(("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn "
                            + "Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La "
                            + "Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac "
                            + "Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og")
                    .split(" "));
    private static final Pattern LETTERS = Pattern.compile("^\\p{L}+");

    private ChemicalSymbol() {}

    /**
     * The symbol if the letters that {@code name} begins with are one ({@code Zn}, {@code Zn2+}, {@code H2}), else
     * {@link #NONE} ({@code SEI}, {@code NaCl}).
     */
    static String of(String name) {
        Matcher letters = LETTERS.matcher(name);
        return letters.find() && ELEMENTS.contains(letters.group()) ? letters.group() : NONE;
    }
}
