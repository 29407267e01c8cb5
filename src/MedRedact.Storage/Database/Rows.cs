using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>Reads what a query gives.</summary>
internal static class Rows
{
    /// <summary>All rows; the reader is disposed.</summary>
    /// <exception cref="MedRedactException">A row holds what it cannot hold: <paramref name="broken"/>.</exception>
    public static List<T> Read<T>(SqliteDataReader rows, Func<SqliteDataReader, T> read, FaultCode broken)
    {
        using (rows)
        {
            try
            {
                var found = new List<T>();
                while (rows.Read())
                    found.Add(read(rows));
                return found;
            }
            catch (Exception malformed) when (malformed is ArgumentException or FormatException)
            {
                throw Faults.Refuse(broken);
            }
        }
    }
}
