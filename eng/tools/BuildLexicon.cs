// Builds src/MedRedact.Core/Detection/Data/lexicon.bin, the table of words, names and places that detection looks words up in.
//
//   dotnet run eng/tools/BuildLexicon.cs -- INPUT OUTPUT
//
// INPUT holds:
//   census1990/dist.all.last, dist.female.first, dist.male.first   US Census Bureau 1990 name frequencies (public domain)
//   popular-names-cc0/common-forenames-by-country.csv, common-surnames-by-country.csv   (CC0)
//   us-cities-cc0/us_cities_states_counties.csv                    US places with ZIP rows (CC0)
//   icd10cm-order-2021.txt.gz                                      ICD-10-CM terms (NCHS/CMS, public domain)
//   eponyms.txt                                                    medical eponyms, one a line
//   words/american-english-small, words/american-english           SCOWL word lists (Debian wamerican-small, wamerican)
//
// The same input gives the same bytes. The format is described beside its reader, Detection/Lexicon/LexiconFile.cs.
using System.Globalization;
using System.IO.Compression;
using System.Text;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet run eng/tools/BuildLexicon.cs -- INPUT OUTPUT");
    return 2;
}

string input = args[0];
var words = new SortedDictionary<string, Entry>(StringComparer.Ordinal);

foreach (string file in new[] { "dist.female.first", "dist.male.first" })
foreach (string[] row in Census(file))
    Raise(row[0], given: Bucket(row[1]));
foreach (string[] row in Census("dist.all.last"))
    Raise(row[0], surname: Bucket(row[1]));
foreach (string[] row in Csv("popular-names-cc0/common-forenames-by-country.csv"))
foreach (string name in row[^2..])
foreach (string part in name.Split(' ', '-'))
    Raise(part, given: 5);
foreach (string[] row in Csv("popular-names-cc0/common-surnames-by-country.csv"))
foreach (string name in row[4..6])
foreach (string part in name.Split(' ', '-'))
    Raise(part, surname: 5);

// A place counts by the ZIP rows it has in its largest state: a measure of size that the list itself gives.
var places = File.ReadLines(Path.Combine(input, "us-cities-cc0/us_cities_states_counties.csv")).Skip(1)
    .Select(line => line.Split('|')).Where(row => row.Length >= 2)
    .GroupBy(row => (City: row[0], State: row[1])).Select(rows => (rows.Key.City, Rows: rows.Count()));
foreach ((string city, int rows) in places)
    Raise(city, city: Math.Clamp(1 + (int)Math.Round(2 * Math.Log2(rows)), 1, 15));

foreach (string word in Words("words/american-english-small"))
    Raise(word, flags: 1);
foreach (string word in Words("words/american-english"))
    Raise(word, flags: 2);
foreach (string word in ClinicalWords())
    Raise(word, flags: 4);
foreach (string name in File.ReadLines(Path.Combine(input, "eponyms.txt")).SelectMany(line => line.Split('-')))
    Raise(name.Trim(), flags: 8);

using var file2 = File.Create(args[1]);
file2.Write("MRLX\u0001"u8);
using (var packed = new BrotliStream(file2, CompressionLevel.SmallestSize))
using (var writer = new BinaryWriter(packed, Encoding.ASCII))
{
    writer.Write(words.Count);
    string previous = "";
    foreach ((string word, Entry entry) in words)
    {
        int shared = 0;
        while (shared < previous.Length && shared < word.Length && previous[shared] == word[shared])
            shared++;
        writer.Write((byte)shared);
        writer.Write((byte)(word.Length - shared));
        writer.Write(Encoding.ASCII.GetBytes(word[shared..]));
        writer.Write((byte)(entry.Given << 4 | entry.Surname));
        writer.Write((byte)(entry.City << 4 | entry.Flags));
        previous = word;
    }
}

Console.WriteLine($"{words.Count} entries");
return 0;

IEnumerable<string[]> Census(string name) =>
    File.ReadLines(Path.Combine(input, "census1990", name)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length >= 2);

IEnumerable<string[]> Csv(string name) => File.ReadLines(Path.Combine(input, name)).Skip(1).Select(SplitCsv).Where(row => row.Length >= 7);

IEnumerable<string> Words(string name) =>
    File.ReadLines(Path.Combine(input, name)).Where(word => word.Length > 1 && char.IsLower(word[0]) && !word.EndsWith("'s", StringComparison.Ordinal));

// Capitalized words inside a term are eponyms, not vocabulary.
IEnumerable<string> ClinicalWords()
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(input, "icd10cm-order-2021.txt.gz")), CompressionMode.Decompress));
    var seen = new HashSet<string>(StringComparer.Ordinal);
    while (reader.ReadLine() is { } line)
        if (line.Length > 77)
            foreach (string word in line[77..].Split(' ', ',', '(', ')', '[', ']', '-', '/', ';', ':'))
                if (word.Length >= 4 && word.All(char.IsAsciiLetterLower) && seen.Add(word))
                    yield return word;
}

void Raise(string text, int given = 0, int surname = 0, int city = 0, int flags = 0)
{
    string key = Fold(text);
    if (key.Length is < 2 or > 60 || (key.Length == 2 && city > 0))
        return;
    Entry entry = words.GetValueOrDefault(key);
    words[key] = new Entry(Math.Max(entry.Given, given), Math.Max(entry.Surname, surname), Math.Max(entry.City, city), entry.Flags | flags);
}

// Upper-case A-Z, single spaces between words: what the scan makes of the same word. Names in other scripts are left out.
static string Fold(string text)
{
    const string latin =
        "AAAAAAACEEEEIIIIDNOOOOO\u00D7OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO\u00F7OUUUUYTY"
        + "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";
    var folded = new StringBuilder();
    foreach (char c in text)
    {
        char letter = c is >= '\u00C0' and < '\u0180' ? latin[c - '\u00C0'] : char.ToUpperInvariant(c);
        if (char.IsAsciiLetterUpper(letter))
            folded.Append(letter);
        else if (c is ' ' or '-' && folded.Length > 0 && folded[^1] != ' ')
            folded.Append(' ');
        else if (c is not ('\'' or '.' or '\u2019' or '\uFEFF'))
            return "";
    }

    return folded.ToString().Trim();
}

static int Bucket(string percent) =>
    Math.Clamp(1 + (int)Math.Round(Math.Log2(Math.Max(0.001, double.Parse(percent, CultureInfo.InvariantCulture)) / 0.001)), 1, 15);

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

internal readonly record struct Entry(int Given, int Surname, int City, int Flags);
