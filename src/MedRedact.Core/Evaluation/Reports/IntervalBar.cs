using System.Globalization;

namespace MedRedact.Evaluation;

/// <summary>A share as a figure, a bar and the whisker of its interval.</summary>
internal static class IntervalBar
{
    public static string Of(Proportion share)
    {
        if (share.Value is not { } value)
            return "<span class=\"none\">–</span>";
        string tone = value >= 0.98 ? "good" : value >= 0.9 ? "fair" : "poor";
        string interval = string.Create(CultureInfo.InvariantCulture, $"{100 * share.Low:0.0} to {100 * share.High:0.0}");
        return $"<span class=\"bar\" title=\"{ReportFrame.Number(share.Count)} of {ReportFrame.Number(share.Of)}; 95 %: {interval} %\"><b>{ReportFrame.Percent(value)}</b>"
            + $"<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" class=\"{tone}\" aria-hidden=\"true\"><rect class=\"all\" width=\"100\" height=\"10\"/>"
            + string.Create(CultureInfo.InvariantCulture, $"<rect class=\"is\" width=\"{100 * value:0.##}\" height=\"10\"/><rect class=\"may\" x=\"{100 * share.Low:0.##}\" y=\"4\" width=\"{Math.Max(0.4, 100 * (share.High - share.Low)):0.##}\" height=\"2\"/></svg>")
            + $"<small>{interval}</small></span>";
    }
}
