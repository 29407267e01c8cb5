using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MedRedact.Tests;

/// <summary>Compiles a few lines against the package as a user would: from outside, with no friendship.</summary>
internal static class Snippet
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "MedRedact.Abstractions.dll" or "netstandard.dll"
                    || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(string statements, string declarations = "") => CSharpCompilation.Create(
        "Snippet",
        [
            CSharpSyntaxTree.ParseText(
                $$"""
                #nullable enable
                using System;
                using System.Threading.Tasks;
                using MedRedact;

                static class Snippet
                {
                    static PipelineDefinition Compose(Func<PipelineBuilder<PageImage>, PipelineDefinition> pages) => throw new InvalidOperationException();

                    static async Task Run(
                        IRedactedDocumentWriter writer, IRemoteOcrEngine remote, EgressPermit permit, SourceDocument source, ActorId actor, TenantId tenant,
                        PageImage pageImage, RecognizedPage recognizedPage, ExaminedPage examinedPage, RedactedPage redactedPage,
                        Phi<string> phi, PhiText phiText, PagePixels pixels, AuditReceipt receipt)
                    {
                        {{statements}}
                        await Task.CompletedTask;
                    }
                }

                {{declarations}}
                """,
                new CSharpParseOptions(LanguageVersion.CSharp14)),
        ],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    public static string[] Errors(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id)
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs the banned-symbol analyzer that every project of ours runs.</summary>
    public static async Task<ImmutableArray<Diagnostic>> BannedIn(Compilation compilation, params string[] lists)
    {
        string folder = typeof(Snippet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BannedApiAnalyzers").Value!;
        string path = Directory.EnumerateFiles(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll", SearchOption.AllDirectories).Single();
        Type type = Assembly.LoadFrom(path).GetType("Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.CSharpSymbolIsBannedAnalyzer", throwOnError: true)!;
        ImmutableArray<DiagnosticAnalyzer> analyzers = [(DiagnosticAnalyzer)Activator.CreateInstance(type)!];
        var options = new AnalyzerOptions([.. lists.Select(list => (AdditionalText)new SymbolList(list))]);
        return await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();
    }

    public static string ListPath(string name) => Path.Combine(AppContext.BaseDirectory, "eng", name);

    private sealed class SymbolList(string name) : AdditionalText
    {
        public override string Path => ListPath(name);

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(Path));
    }
}
