// Trains the tagger's model that ships: MedRedact.ModelBuilder OUTPUT [TEXTS] [SEED].
// The same arguments give the same bytes, on every machine.
using System.Diagnostics;
using System.Globalization;
using MedRedact.Detection;
using MedRedact.ModelBuilder;

const int Report = 5_000;
if (args.Length is 0 or > 3)
{
    await Console.Error.WriteLineAsync("usage: MedRedact.ModelBuilder OUTPUT [TEXTS] [SEED]");
    return 2;
}

int count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000;
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20260401;
var trainer = new ClinicalTaggerTrainer(seed);
long start = Stopwatch.GetTimestamp();
double wrong = 0;
int texts = 0;
foreach (LabelledText text in TrainingTexts.Make(seed, count))
{
    wrong += trainer.Learn(text);
    if (++texts % Report == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{texts} texts, {trainer.Tokens / 1e6:F2} M tokens judged, {wrong / Report:P2} wrong a text, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        wrong = 0;
    }
}

using (FileStream file = File.Create(args[0]))
    trainer.Write(file);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(args[0]).Length} bytes"));
return 0;
