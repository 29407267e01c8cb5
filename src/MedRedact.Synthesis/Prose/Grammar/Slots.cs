using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>What a grammar may call beside rules: people by role and form, dates, ages, numbers and identifiers with check digits.</summary>
internal static class Slots
{
    private static readonly Dictionary<string, Action<Composer>> s_named = new(StringComparer.Ordinal)
    {
        ["date"] = to => to.Plant(to.Calendar.Date(), FactKind.Date),
        ["birth"] = to => to.Plant(to.Calendar.Birth(), FactKind.BirthDate),
        ["md"] = to => to.Plant(to.Calendar.MonthDay(), FactKind.Date),
        ["monthyear"] = to => to.Plant(to.Calendar.MonthYear(), FactKind.Date),
        ["year"] = to => to.Plant(to.Calendar.Year(), FactKind.Year),
        ["month"] = to => to.Plant(to.Calendar.Month(), FactKind.Date),
        ["age"] = to => Age(to, to.Calendar.Age),
        ["age2"] = to => Age(to, to.Random.Between(1, 97)),
        ["child"] = to => Age(to, to.Random.Between(1, 17)),
        ["a"] = to => to.AppendArticle(),
        ["relation"] = to => to.Cast.WriteRelation(),
        ["town-st"] = to => UsTown.Draw(to).WriteWithCode(to),
        ["town-state"] = to => UsTown.Draw(to).WriteWithState(to),
        ["town-st-zip"] = to => UsTown.Draw(to).WriteWithZip(to),
        ["npi"] = to => to.Plant(Identifiers.Npi(to.Random), FactKind.Npi),
        ["dea"] = to => to.Plant(Identifiers.Dea(to.Random, Accents.Fold(to.Cast.Of("doctor").Family).ToUpperInvariant()[0]), FactKind.Dea),
        ["he"] = to => Naming.Write(to, to.Cast.Of("patient"), "he"),
        ["him"] = to => Naming.Write(to, to.Cast.Of("patient"), "him"),
        ["his"] = to => Naming.Write(to, to.Cast.Of("patient"), "his"),
    };

    /// <summary>What to do for a call; <see langword="null"/> where it names a rule.</summary>
    public static Action<Composer>? For(string call)
    {
        if (s_named.TryGetValue(call, out Action<Composer>? named))
            return named;
        if (call[0] == '#')
            return Number(call[1..]);
        if (call[0] == '%')
            return to => Pattern(to, call);
        int dot = call.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || Array.IndexOf(Cast.Roles, call[..dot]) < 0)
            return null;
        string role = call[..dot], form = call[(dot + 1)..];
        if (!Naming.Forms.Contains(form))
            throw new FormatException($"Grammar: no form '{form}'.");
        return to => Naming.Write(to, to.Cast.Of(role), form);
    }

    private static void Age(Composer to, int age) => to.Plant(age.ToString(CultureInfo.InvariantCulture), age > 89 ? FactKind.AgeOver89 : FactKind.Age);

    private static Action<Composer> Number(string range)
    {
        string[] bounds = range.Split('-');
        int dot = bounds[0].IndexOf('.', StringComparison.Ordinal);
        int places = dot < 0 ? 0 : bounds[0].Length - dot - 1;
        int scale = (int)Math.Pow(10, places);
        int low = (int)Math.Round(double.Parse(bounds[0], CultureInfo.InvariantCulture) * scale);
        int high = (int)Math.Round(double.Parse(bounds[1], CultureInfo.InvariantCulture) * scale);
        string form = "F" + places.ToString(CultureInfo.InvariantCulture);
        return to => to.Append((to.Random.Between(low, high) / (double)scale).ToString(form, CultureInfo.InvariantCulture));
    }

    // '#' is a digit, '9' one that is not zero, 'A' a letter, 'x' a hexadecimal digit, 'a' a small letter; all else stands for itself.
    private static void Pattern(Composer to, string call)
    {
        foreach (char c in call.AsSpan(1))
        {
            to.Append(c switch
            {
                '#' => ((char)('0' + to.Random.Between(0, 9))).ToString(),
                '9' => ((char)('1' + to.Random.Between(0, 8))).ToString(),
                'A' => ((char)('A' + to.Random.Between(0, 25))).ToString(),
                'a' => ((char)('a' + to.Random.Between(0, 25))).ToString(),
                'x' => "0123456789abcdef"[to.Random.Between(0, 15)].ToString(),
                _ => c.ToString(),
            });
        }
    }
}
