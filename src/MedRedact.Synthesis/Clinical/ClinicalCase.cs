namespace MedRedact.Synthesis;

/// <summary>One illness as paperwork tells it. Writing that mentions people, places or days is a function of the scene.</summary>
internal sealed record ClinicalCase
{
    public required TrueDiagnosis Main { get; init; }

    public required TrueDiagnosis[] Others { get; init; }

    public int MinimumAge { get; init; }

    public bool OnlyWomen { get; init; }

    public required string Complaint { get; init; }

    public required string Service { get; init; }

    public required Func<Scene, Prose> Story { get; init; }

    public required Func<Scene, Prose> Course { get; init; }

    public required string[] History { get; init; }

    public required Func<Scene, Prose> Family { get; init; }

    public required TrueMedication[] Medications { get; init; }

    public required string[] Exam { get; init; }

    public required Func<Scene, Prose[]> Plan { get; init; }

    public required Imaging Imaging { get; init; }

    public Operation? Operation { get; init; }

    public Specimen? Specimen { get; init; }
}

/// <summary>An imaging study.</summary>
internal sealed record Imaging(string Study, string Modality, string Technique, string[] Findings, string[] Impression);

/// <summary>An operation.</summary>
internal sealed record Operation(string Name, string Anesthesia, string BloodLoss, Func<Scene, Prose> Account, string? Implant = null);

/// <summary>A surgical specimen as pathology describes it.</summary>
internal sealed record Specimen(string Site, string Gross, string Microscopic, string[] Diagnosis);

internal static class ClinicalCases
{
    public static readonly ClinicalCase[] All =
        [MedicalCases.HeartFailure, MedicalCases.Pneumonia, MedicalCases.Stroke, SurgicalCases.HipFracture, SurgicalCases.Appendicitis, SurgicalCases.BreastCancer, SurgicalCases.Gallbladder];

    public static readonly ClinicalCase[] Surgical = [.. All.Where(@case => @case.Operation is not null)];

    public static readonly ClinicalCase[] WithSpecimen = [.. All.Where(@case => @case.Specimen is not null)];
}
