using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>What the words of a member's name, as <see cref="NameWords"/> splits it, indicate about its value.</summary>
internal static class MemberWords
{
    private static readonly HashSet<string> _locations = new(StringComparer.Ordinal)
    {
        "city", "location", "place", "country", "town", "destination", "origin", "from", "to", "region", "departure", "arrival",
        "source", "target", "language", "restaurant", "hotel", "venue", "airport", "currency", "symbol", "ticker",
    };

    private static readonly HashSet<string> _origins = new(StringComparer.Ordinal) { "from", "origin", "source", "departure", "start" };

    private static readonly HashSet<string> _destinations = new(StringComparer.Ordinal)
    {
        "to", "destination", "target", "arrival", "end",
    };

    private static readonly HashSet<string> _addresses = new(StringComparer.Ordinal)
    {
        "email", "mail", "address", "recipient", "sender", "to", "from", "cc",
    };

    private static readonly HashSet<string> _dates = new(StringComparer.Ordinal)
    {
        "date", "day", "deadline", "due", "birthday", "birthdate", "departure", "arrival", "checkin", "checkout",
    };

    private static readonly HashSet<string> _persons = new(StringComparer.Ordinal)
    {
        "name", "person", "user", "customer", "author", "owner", "employee", "student", "patient", "player", "shopper",
    };

    private static readonly HashSet<string> _negations = new(StringComparer.Ordinal)
    {
        "off", "disable", "disabled", "without", "not", "never", "don", "doesn", "false",
    };

    public static bool AreOfLocation(IEnumerable<string> words) => words.Any(_locations.Contains);

    /// <summary>Whether they name the place where something begins.</summary>
    public static bool AreOfOrigin(IEnumerable<string> words) => words.Any(_origins.Contains);

    /// <summary>Whether they name the place where something ends.</summary>
    public static bool AreOfDestination(IEnumerable<string> words) => words.Any(_destinations.Contains);

    public static bool AreOfAddress(IEnumerable<string> words) => words.Any(_addresses.Contains);

    public static bool AreOfDate(IEnumerable<string> words) => words.Any(_dates.Contains);

    public static bool AreOfPerson(IEnumerable<string> words) => words.Any(_persons.Contains);

    /// <summary>Whether one of them negates; also used for the words of a prompt.</summary>
    public static bool Negate(IEnumerable<string> words) => words.Any(_negations.Contains);
}
