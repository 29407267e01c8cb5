using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>The ways in which records write dates.</summary>
internal static class DateForms
{
    public static readonly string[] Numeric = ["MM/dd/yyyy", "M/d/yyyy", "MM-dd-yyyy", "M/d/yy", "yyyy-MM-dd", "dd-MMM-yyyy", "MM/dd/yyyy"];

    public static readonly string[] Written = ["MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "MMM. d, yyyy", "MMMM d"];

    public static string Write(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);
}
