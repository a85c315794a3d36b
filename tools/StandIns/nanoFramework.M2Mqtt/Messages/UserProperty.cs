namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A property of a message, for MQTT 5 only.</summary>
public class UserProperty
{
    public UserProperty(string name, string value)
    {
        Name = name;
        Value = value;
    }

    public string Name { get; set; }

    public string Value { get; set; }
}
