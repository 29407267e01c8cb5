using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CsCheck;

namespace MedRedact.Tests;

public sealed class PhiTests
{
    private const string Canary = "CANARY-7Q2X";
    private static readonly Phi<string> Name = Phi.Of(Canary);

    private sealed record Admission(Phi<string> Patient, int Ward);

    [Fact]
    public void Prints_the_same_for_every_value()
    {
        object boxed = Name;
        string[] printed =
        [
            Name.ToString(), $"{Name}", string.Format(CultureInfo.InvariantCulture, "{0,20}|{0:X}", Name), boxed.ToString()!, string.Concat("a", boxed),
            new Admission(Name, 3).ToString(), string.Join(", ", new ArrayList { Name }.Cast<object>()), $"{new[] { Name }}", (Name, 1).ToString(),
            new KnownIdentifier(PhiCategory.PersonName, Name).ToString(),
        ];

        Assert.All(printed, text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
        Assert.Equal("‹phi›", boxed.ToString());
        Assert.Equal("‹phi›", default(Phi<string>).ToString());
    }

    [Fact]
    public void Refuses_to_become_JSON_and_to_be_read_from_it()
    {
        string[] refusals =
        [
            Refusal(() => JsonSerializer.Serialize(Name)),
            Refusal(() => JsonSerializer.Serialize<object>(Name)),
            Refusal(() => JsonSerializer.Serialize(new Admission(Name, 3))),
            Refusal(() => JsonSerializer.Serialize(new Dictionary<Phi<string>, int> { [Name] = 1 })),
            Refusal(() => JsonSerializer.Serialize<Phi<string>?>(Name)),
            Refusal(() => JsonSerializer.Deserialize<Phi<string>>($"\"{Canary}\"")),
            Refusal(() => JsonSerializer.Serialize(PhiText.Copy(Canary))),
        ];

        Assert.All(refusals, text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));

        static string Refusal(Func<object?> act) => Assert.Throws<NotSupportedException>(() => act()).ToString();
    }

    [Fact]
    public void Shows_nothing_in_a_debugger()
    {
        Assert.Equal("‹phi›", typeof(Phi<>).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        Assert.DoesNotContain("{_", typeof(PhiText).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, StringComparison.Ordinal);
        Assert.All(
            Fields(typeof(Phi<>)).Concat(Fields(typeof(PhiText)).Where(field => field.FieldType == typeof(char[]))),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));

        static IEnumerable<FieldInfo> Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
    }

    [Fact]
    public void Has_no_public_state_that_a_reflecting_logger_could_walk()
    {
        Assert.Empty(typeof(Phi<string>).GetProperties());
        Assert.Empty(typeof(Phi<string>).GetFields());
        Assert.Equal(["Length"], typeof(PhiText).GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void Has_no_conversions() =>
        Assert.DoesNotContain(
            typeof(Phi<string>).GetMethods(BindingFlags.Public | BindingFlags.Static),
            method => method.Name is "op_Implicit" or "op_Explicit");

    [Fact]
    public void Refuses_null() => Assert.Throws<ArgumentNullException>(() => new Phi<string>(null!));

    [Fact]
    public void Equals_by_what_is_wrapped() => Gen.Select(Gen.String, Gen.String).Sample(
        (a, b) =>
        {
            Assert.Equal(a == b, Phi.Of(a) == Phi.Of(b));
            Assert.Equal(a != b, Phi.Of(a) != Phi.Of(b));
            Assert.True(Phi.Of(a).Equals((object)Phi.Of(a)));
            Assert.Equal(Phi.Of(a).GetHashCode(), Phi.Of(a).GetHashCode());
            Assert.Equal(a, Phi.Of(a).Reveal());
        },
        iter: 100);
}
