using System.Globalization;

namespace MedRedact.Redaction;

/// <summary>Invented places.</summary>
internal static class SurrogatePlaces
{
    public static async ValueTask<string?> OfAsync(SurrogateDraw draw, PhiCategory category, string value, int turn, CancellationToken cancellationToken)
    {
        if (category == PhiCategory.Facility)
            return await FacilityAsync(draw, value, turn, cancellationToken);
        if (category == PhiCategory.Room)
            return await SurrogateNumbers.OfAsync(draw, category, value, turn, cancellationToken);

        DrawnNumbers numbers = await draw.OfAsync(category.ToString(), value, turn, cancellationToken);
        string? place =
            category == PhiCategory.City ? numbers.Of(SurrogateWords.Of("city"))
            : category == PhiCategory.County ? numbers.Of(SurrogateWords.Of("family")) + " County"
            : category == PhiCategory.Street ? string.Create(
                CultureInfo.InvariantCulture, $"{100 + numbers.Below(9800)} {numbers.Of(SurrogateWords.Of("street"))} {numbers.Of(SurrogateWords.Of("suffix"))}")
            : null;
        return place is not null && value.Any(char.IsLetter) && value.All(c => !char.IsLower(c)) ? place.ToUpperInvariant() : place;
    }

    public static async ValueTask<string?> FacilityAsync(SurrogateDraw draw, string value, int turn, CancellationToken cancellationToken)
    {
        DrawnNumbers numbers = await draw.OfAsync("facility", value, turn, cancellationToken);
        return $"{numbers.Of(SurrogateWords.Of("facility"))} {numbers.Of(SurrogateWords.Of("house"))}";
    }
}
