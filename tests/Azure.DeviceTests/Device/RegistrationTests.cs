using System.Text;
using DevKit.Azure;
using DevKit.Azure.Provisioning;
using nanoFramework.TestFramework;

namespace DevKit.Azure.DeviceTests.Device
{
    /// <summary>The registration's states, without a network.</summary>
    [TestClass]
    public class RegistrationTests
    {
        private const string Res = "$dps/registrations/res/";
        private const string Assigning = "{\"operationId\":\"4.op\",\"status\":\"assigning\"}";
        private const string Assigned =
            "{\"status\":\"assigned\",\"registrationState\":{\"assignedHub\":\"h.example\",\"deviceId\":\"d\",\"substatus\":null}}";

        [TestMethod]
        public void It_asks_polls_and_is_assigned()
        {
            Registration registration = Begin();
            Assert.AreEqual("$dps/registrations/PUT/iotdps-register/?$rid=1", registration.Topic);
            Assert.AreEqual("{\"registrationId\":\"my-devkit\"}", registration.Body);
            Assert.IsTrue(Accept(registration, Res + "202/?$rid=1&retry-after=5", Assigning));
            Assert.AreEqual((int)ProvisioningStatus.Assigning, (int)registration.Status);
            Assert.AreEqual(5, registration.PauseSeconds);
            Assert.AreEqual("$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=4.op", registration.Topic);
            Assert.IsTrue(Accept(registration, Res + "200/?$rid=2", Assigned));
            Assert.AreEqual((int)ProvisioningStatus.Assigned, (int)registration.Status);
            Assert.AreEqual("h.example", registration.State.AssignedHub);
            Assert.AreEqual("d", registration.State.DeviceId);
            Assert.IsNull(registration.State.Substatus);
        }

        [TestMethod]
        public void Answers_that_are_late_doubled_foreign_or_out_of_order_are_ignored()
        {
            Registration registration = Begin();
            Assert.IsFalse(Accept(registration, Res + "200/?$rid=2", Assigned));
            Assert.IsFalse(Accept(registration, Res + "200/?$rid=x", Assigned));
            Assert.IsFalse(Accept(registration, Res + "200/", Assigned));
            Assert.IsFalse(Accept(registration, "devices/d/messages/devicebound/", Assigned));
            Assert.IsTrue(Accept(registration, Res + "202/?$rid=1", Assigning));
            Assert.IsFalse(Accept(registration, Res + "200/?$rid=1", Assigned));
            Assert.AreEqual((int)ProvisioningStatus.Assigning, (int)registration.Status);
        }

        [TestMethod]
        [DataRow("", 3)]
        [DataRow("&retry-after=0", 3)]
        [DataRow("&retry-after=soon", 3)]
        [DataRow("&retry-after=7", 7)]
        [DataRow("&retry-after=121", 120)]
        [DataRow("&retry-after=99999999999", 120)]
        public void The_pause_while_assigning_is_bounded(string field, int seconds)
        {
            Registration registration = Begin();
            Assert.IsTrue(Accept(registration, Res + "202/?$rid=1" + field, Assigning));
            Assert.AreEqual(seconds, registration.PauseSeconds);
        }

        [TestMethod]
        [DataRow("", 0)]
        [DataRow("&retry-after=1000", 1000)]
        [DataRow("&retry-after=1801", 1800)]
        [DataRow("&retry-after=99999999999", 1800)]
        public void The_pause_after_429_is_bounded(string field, int seconds)
        {
            Registration registration = Begin();
            Assert.IsTrue(Accept(registration, Res + "429/?$rid=1" + field, "{\"errorCode\":429001,\"message\":null}"));
            Assert.AreEqual((int)CloudReason.RegistrationDeferred, (int)registration.Failure.Reason);
            Assert.AreEqual(seconds, registration.Failure.RetryAfter);
            Assert.IsFalse(registration.Failure.IsFinal);
        }

        [TestMethod]
        [DataRow("{\"status\":\"failed\"}", (int)ProvisioningStatus.Failed)]
        [DataRow("{\"status\":\"failed\",\"registrationState\":null}", (int)ProvisioningStatus.Failed)]
        [DataRow("{\"status\":\"failed\",\"registrationState\":{\"errorCode\":null}}", (int)ProvisioningStatus.Failed)]
        [DataRow("{\"status\":\"disabled\",\"registrationState\":null}", (int)ProvisioningStatus.Disabled)]
        [DataRow("{\"status\":\"disabled\",\"registrationState\":{\"errorCode\":null}}", (int)ProvisioningStatus.Disabled)]
        public void Failed_and_disabled_are_final_whatever_is_null(string body, int status)
        {
            Registration registration = Begin();
            Assert.IsTrue(Accept(registration, Res + "200/?$rid=1", body));
            Assert.AreEqual(status, (int)registration.Status);
            Assert.IsTrue(registration.Failure.IsFinal);
            Assert.AreEqual(0, registration.Failure.Code);
        }

        [TestMethod]
        [DataRow("assignedHub", "h.example:8883", "d")]
        [DataRow("assignedHub", "h.example/x", "d")]
        [DataRow("assignedHub", "h example", "d")]
        [DataRow("assignedHub", "", "d")]
        [DataRow("deviceId", "h.example", "d#")]
        [DataRow("deviceId", "h.example", "d+1")]
        [DataRow("deviceId", "h.example", "a/b")]
        [DataRow("deviceId", "h.example", "")]
        public void What_the_service_gives_is_checked(string wrong, string hub, string deviceId)
        {
            Registration registration = Begin();
            string body = "{\"status\":\"assigned\",\"registrationState\":{\"assignedHub\":\"" + hub + "\",\"deviceId\":\"" + deviceId
                + "\"}}";
            Assert.IsTrue(Accept(registration, Res + "200/?$rid=1", body));
            Assert.AreEqual((int)CloudReason.AssignmentInvalid, (int)registration.Failure.Reason);
            Assert.AreEqual(wrong, registration.Failure.Id);
            Assert.IsTrue(registration.Failure.IsFinal);
        }

        [TestMethod]
        [DataRow("4.op&x=1")]
        [DataRow("#")]
        [DataRow("a b")]
        [DataRow("")]
        public void An_operation_that_cannot_stand_in_a_topic_ends_it(string operationId)
        {
            Registration registration = Begin();
            Assert.IsTrue(Accept(
                registration, Res + "202/?$rid=1", "{\"operationId\":\"" + operationId + "\",\"status\":\"assigning\"}"));
            Assert.AreEqual("operationId", registration.Failure.Id);
            Assert.AreEqual(operationId, registration.Failure.ServiceText);
        }

        [TestMethod]
        public void It_does_not_poll_for_ever()
        {
            Registration registration = Begin();
            for (int i = 1; i <= Registration.MaximumPolls; i++)
            {
                Assert.IsTrue(Accept(registration, Res + "202/?$rid=" + i.ToString(), Assigning));
                Assert.IsNull(registration.Failure);
            }

            Assert.IsTrue(Accept(registration, Res + "202/?$rid=" + (Registration.MaximumPolls + 1).ToString(), Assigning));
            Assert.AreEqual((int)CloudReason.StillAssigning, (int)registration.Failure.Reason);
        }

        [TestMethod]
        public void A_request_has_its_payload_and_its_CSR()
        {
            RegistrationRequest request = new RegistrationRequest("0ne1", "my-devkit");
            request.Payload = "{\"a\":1}";
            request.Csr = new byte[] { 1, 2, 3 };
            Assert.AreEqual("{\"registrationId\":\"my-devkit\",\"payload\":{\"a\":1},\"csr\":\"AQID\"}", request.ToJson());
            Assert.AreEqual("0ne1/registrations/my-devkit/api-version=2025-07-01-preview", request.UserName);
            request.Csr = null;
            Assert.AreEqual("0ne1/registrations/my-devkit/api-version=2021-06-01", request.UserName);
        }

        private static Registration Begin()
        {
            return new Registration("dps.example", new RegistrationRequest("0ne1", "my-devkit"), false);
        }

        private static bool Accept(Registration registration, string topic, string body)
        {
            return registration.TryAccept(topic, Encoding.UTF8.GetBytes(body));
        }
    }
}
