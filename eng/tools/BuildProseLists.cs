// Builds src/MedRedact.Synthesis/Prose/Data/lists.bin, the names and places (with frequencies) that labelled prose draws from.
//
//   dotnet run eng/tools/BuildProseLists.cs -- INPUT OUTPUT
//
// INPUT holds:
//   census1990/dist.all.last, dist.female.first, dist.male.first   US Census Bureau 1990 name frequencies (public domain)
//   popular-names-cc0/common-forenames-by-country.csv, common-surnames-by-country.csv   (CC0)
//   us-cities-cc0/us_cities_states_counties.csv                    US places with ZIP rows (CC0)
//   icd10cm-order-2021.txt.gz                                      ICD-10-CM terms (NCHS/CMS, public domain)
//   cms-hospitals/Hospital_General_Information.csv                 hospitals (CMS, public domain)
//
// The output is Brotli over lines of UTF-8: "= list" begins a list, then "value TAB weight". A value of two parts parts them by '|'.
// The same input gives the same bytes.
using System.Globalization;
using System.IO.Compression;
using System.Text;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet run eng/tools/BuildProseLists.cs -- INPUT OUTPUT");
    return 2;
}

string input = args[0];
var text = new StringBuilder();

Write("us-surname", Census("dist.all.last").Take(30000).Select(row => (Surname(row[0]), Thousandths(row[1]))));
Write("us-given-f", Census("dist.female.first").Select(row => (Title(row[0]), Thousandths(row[1]))));
Write("us-given-m", Census("dist.male.first").Select(row => (Title(row[0]), Thousandths(row[1]))));

string[][] rows = [.. File.ReadLines(Path.Combine(input, "us-cities-cc0/us_cities_states_counties.csv")).Skip(1)
    .Select(line => line.Split('|')).Where(row => row.Length >= 4 && row[0].Length > 1)];
Write("us-town", rows.GroupBy(row => $"{row[0]}|{row[1]}").Select(town => (town.Key, (int)Math.Ceiling(Math.Sqrt(town.Count())))));
Write("us-county", rows.Where(row => row[3].Length > 0).Select(row => $"{Title(row[3])}|{row[1]}").Distinct().Select(county => (county, 1)));
Write("us-hospital", Csv("cms-hospitals/Hospital_General_Information.csv").Select(row => Hospital(row[1])).Distinct().Select(name => (name, 1)));
Write("icd-term", Terms().Select(term => (term, 1)));

foreach (string sex in new[] { "F", "M" })
foreach (var country in Csv("popular-names-cc0/common-forenames-by-country.csv").Where(row => row.Length > 11 && row[9] == sex).GroupBy(row => row[0]))
    Write($"given-{sex.ToLowerInvariant()}-{country.Key}", country.Select(row => Latin(row[10], row[11])).Where(name => name.Length > 1).Select(name => (name, 1)));
foreach (var country in Csv("popular-names-cc0/common-surnames-by-country.csv").Where(row => row.Length > 5).GroupBy(row => row[0]))
    Write($"surname-{country.Key}", country.Select(row => Latin(row[4], row[5])).Where(name => name.Length > 1).Select((name, rank) => (name, 1 + (country.Count() - rank) / 4)));

using var file = File.Create(args[1]);
using var packed = new BrotliStream(file, CompressionLevel.SmallestSize);
packed.Write(Encoding.UTF8.GetBytes(text.ToString()));
return 0;

void Write(string list, IEnumerable<(string Value, int Weight)> entries)
{
    text.Append("= ").Append(list).Append('\n');
    foreach (var entry in entries.GroupBy(entry => entry.Value))
        text.Append(entry.Key).Append('\t').Append(entry.Max(same => same.Weight).ToString(CultureInfo.InvariantCulture)).Append('\n');
}

IEnumerable<string[]> Census(string name) =>
    File.ReadLines(Path.Combine(input, "census1990", name)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length >= 2);

// Terms with a name in them (eponyms, organisms), and every ninth of the others: capitals that name nobody, and what stands around them.
IEnumerable<string> Terms()
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(input, "icd10cm-order-2021.txt.gz")), CompressionMode.Decompress));
    for (int row = 0; reader.ReadLine() is { } line; row++)
        if (line.Length is > 77 and < 150 && (line.AsSpan(79).IndexOfAnyInRange('A', 'Z') >= 0 && row % 2 == 0 || row % 15 == 0))
            yield return line[77..].Trim();
}

static int Thousandths(string percent) => Math.Max(1, (int)Math.Round(1000 * double.Parse(percent, CultureInfo.InvariantCulture)));

// The census prints capitals without marks; names as people write them.
static string Surname(string name)
{
    string title = Title(name);
    if (name.StartsWith("MC", StringComparison.Ordinal) && name.Length > 4)
        return $"Mc{title[2..3].ToUpperInvariant()}{title[3..]}";
    if (name is "OBRIEN" or "OCONNOR" or "OCONNELL" or "ONEAL" or "ONEIL" or "ONEILL" or "ODONNELL" or "OHARA" or "OREILLY" or "OSULLIVAN" or "OLEARY"
        or "OKEEFE" or "OMALLEY" or "OROURKE" or "OTOOLE" or "ODELL" or "OGRADY" or "OSHEA" or "OKEEFFE" or "ODOM" or "OHARE" or "ODONOGHUE")
        return name is "ODELL" or "ODOM" ? title : $"O'{title[1..2].ToUpperInvariant()}{title[2..]}";
    if (name.StartsWith("FITZ", StringComparison.Ordinal) && name.Length > 6)
        return title;
    return name switch { "DELACRUZ" => "De La Cruz", "DELEON" => "De Leon", "DELAROSA" => "De La Rosa", "VANDYKE" => "Van Dyke", "VANHORN" => "Van Horn", "DELATORRE" => "De La Torre", "STCLAIR" => "St. Clair", "STJOHN" => "St. John", _ => title };
}

static string Title(string upper)
{
    var title = new StringBuilder(upper.Length);
    foreach (char c in upper)
        title.Append(title.Length == 0 || title[^1] is ' ' or '-' or '/' or '(' or '.' ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
    return title.ToString().Replace(" Of ", " of ", StringComparison.Ordinal).Replace(" The ", " the ", StringComparison.Ordinal)
        .Replace(" And ", " and ", StringComparison.Ordinal).Replace(" At ", " at ", StringComparison.Ordinal).Replace(" For ", " for ", StringComparison.Ordinal);
}

static string Hospital(string name) => string.Join(' ', Title(name.Trim()).Split(' ', StringSplitOptions.RemoveEmptyEntries)
    .Select(word => word is "Llc" or "Lp" or "Uc" or "Uf" or "Va" or "Uh" or "Ucsf" or "Ucla" or "Unc" or "Hca" ? word.ToUpperInvariant() : word));

static string Latin(string local, string romanized)
{
    string name = local.Normalize(NormalizationForm.FormC);
    if (name.Length == 0 || name.Any(c => c > 'ỿ' || c is >= 'Ͱ' and < 'Ḁ'))
        name = romanized.Normalize(NormalizationForm.FormC);
    name = name.Trim(' ', '﻿', '\'');
    return name.Any(c => c is '/' or '(' or ',' or '|' || c > 'ỿ' && c != '’') ? "" : name;
}

IEnumerable<string[]> Csv(string name) => File.ReadLines(Path.Combine(input, name)).Skip(1).Select(SplitCsv);

static string[] SplitCsv(string line)
{
    var fields = new List<string>();
    var field = new StringBuilder();
    bool quoted = false;
    foreach (char c in line)
    {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
        {
            fields.Add(field.ToString());
            field.Clear();
        }
        else
            field.Append(c);
    }

    fields.Add(field.ToString());
    return [.. fields];
}
