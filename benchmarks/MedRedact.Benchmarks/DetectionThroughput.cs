using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MedRedact.Detection;

namespace MedRedact.Benchmarks;

/// <summary>Text detection with everything on, one thread: speed beside a plain scan, cost of each recognizer, memory, and lines made to be slow.</summary>
internal static class DetectionThroughput
{
    private const int Document = 4_000;
    private static readonly SearchValues<char> s_yardstick = SearchValues.Create("0123456789@");

    /// <summary>Prints one line a text; figures are CPU time, which a busy machine does not change much. "short" leaves out the long lines.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        string warm = Notes(2_000_000);
        for (int i = 0; i < 5; i++)
            TextDetection.Detect(warm);

        Recognizers(warm);
        Documents();
        Console.WriteLine($"{"text",-22}{"M chars",8}{"M/s CPU",10}{"findings",10}{"MB allocated",14}");
        foreach (int length in new[] { 1_000_000, 5_000_000, 20_000_000 })
            Measure("notes", Notes(length));
        Measure("notes, upper case", Notes(20_000_000).ToUpperInvariant());
        foreach (string pattern in new[] { "9", "(", "a@", "Name: ", "SIN: 123456789 " })
        {
            foreach (int length in args is ["short"] ? [1_000_000, 5_000_000] : new[] { 12_500_000, 25_000_000, 50_000_000 })
                Measure($"\"{pattern}\"", Repeat(pattern, pattern.Length > 2 ? length / 10 : length));
        }

        return 0;
    }

    /// <summary>What each recognizer costs, one after another over the same scan, as detection runs them.</summary>
    private static void Recognizers(string text)
    {
        const int Times = 5;
        var costs = new TimeSpan[RecognizerRunner.All.Length + 1];
        for (int run = -1; run < Times; run++)
        {
            using ScanBuffer buffer = ScanBuffer.Rent();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            TextScan scan = buffer.Scan(text);
            Add(0);
            for (int i = 0; i < RecognizerRunner.All.Length; i++)
            {
                RecognizerRunner.All[i].Recognize(scan, buffer.Hits);
                Add(i + 1);
            }

            void Add(int part)
            {
                TimeSpan now = Environment.CpuUsage.TotalTime;
                costs[part] += run < 0 ? TimeSpan.Zero : now - before;
                before = now;
            }
        }

        double all = costs.Sum(cost => cost.TotalSeconds);
        for (int part = 0; part < costs.Length; part++)
        {
            string name = part == 0 ? "scan and phrases" : RecognizerRunner.All[part - 1].GetType().Name;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22}{costs[part].TotalSeconds / Times / text.Length * 1e9,8:F1} ns a character {costs[part].TotalSeconds / all,7:P0}"));
        }
    }

    /// <summary>What a document of a page or two costs and allocates once the buffers exist and the compiler has settled.</summary>
    private static void Documents()
    {
        const int Settled = 8;
        string[] documents = [.. Notes(1_000_000).Chunk(Document).Select(part => new string(part))];
        for (int run = 0; run < Settled; run++)
        {
            foreach (string document in documents)
                TextDetection.Detect(document);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        int found = 0;
        foreach (string document in documents)
            found += TextDetection.Detect(document).Length;
        double seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{documents.Length} documents of {Document} characters: {seconds / documents.Length * 1e3:F2} ms and {bytes / documents.Length} bytes each, {bytes / found} a finding"));
    }

    private static void Measure(string name, string text)
    {
        GC.Collect();
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        ImmutableArray<Finding> found = TextDetection.Detect(text);
        double seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        cpu = Environment.CpuUsage.TotalTime;
        int plain = 0;
        for (ReadOnlySpan<char> rest = text; rest.IndexOfAny(s_yardstick) is var at and >= 0; rest = rest[(at + 1)..])
            plain++;
        double yardstick = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-22}{text.Length / 1e6,8:F1}{text.Length / 1e6 / seconds,10:F1}{found.Length,10}{bytes / 1e6,14:F0}   plain scan {yardstick * 1000:F0} ms, {plain} marks"));
    }

    private static string Repeat(string pattern, int length)
    {
        var text = new StringBuilder(length + pattern.Length);
        while (text.Length < length)
            text.Append(pattern);
        return text.ToString(0, length);
    }

    /// <summary>Clinical-like text with an identifier every few hundred characters; the same for every run.</summary>
    private static string Notes(int length)
    {
        string[] given = ["Martha", "John", "Keisha", "Wei", "Fatima", "Carlos", "Anna", "Dmitri"];
        string[] surname = ["Collins", "Okafor", "Nguyen", "Garcia-Lopez", "O'Neil", "Kowalski", "Smith", "Young"];
        string[] plain =
        [
            "The patient reports feeling well and denies chest pain, shortness of breath, nausea or vomiting. ",
            "Blood pressure 138/82, heart rate 72, temperature 98.6, SpO2 98% on room air, weight 82 kg. ",
            "Continue lisinopril 20 mg daily, metformin 500 mg BID and atorvastatin 40 mg at bedtime. ",
            "Labs: hemoglobin 13.2 g/dL (12.0-15.5), creatinine 1.1 mg/dL, LDL 92, A1c 7.2 %, TSH 2.4. ",
            "Lungs are clear to auscultation bilaterally. Heart has a regular rate and rhythm without murmurs. ",
            "Murphy's sign negative. Foley catheter removed on POD#2. Pain 3/10, strength 5/5 in all extremities. ",
        ];
        var random = new Random(20260101);
        var text = new StringBuilder(length + 512);
        while (text.Length < length)
        {
            string name = $"{given[random.Next(given.Length)]} {surname[random.Next(surname.Length)]}";
            text.Append(CultureInfo.InvariantCulture, $"HISTORY OF PRESENT ILLNESS\n\n{name} is a {random.Next(20, 99)}-year-old seen on {random.Next(1, 13)}/{random.Next(1, 29)}/20{random.Next(10, 26)} (MRN: {random.Next(1_000_000, 9_999_999)}). ");
            for (int i = 0; i < 6; i++)
                text.Append(plain[random.Next(plain.Length)]);
            text.Append("\nFollow up with Dr. ").Append(surname[random.Next(surname.Length)]).Append(" in 2 weeks.\n\n");
        }

        return text.ToString(0, length);
    }
}
