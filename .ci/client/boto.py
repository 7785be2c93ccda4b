"""The story of examples/internal-api, and the other kinds, told by boto3 to the fake on the wire.

Called by .ci/clients, which sets ENDPOINT_URL. Each step asserts on what the client makes of the answer.
"""

import os
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

PROVIDER, CONSUMER, STRANGER = "611111111111", "622222222222", "633333333333"
REGION = "us-east-1"
checks = 0


def client(account, service, region=REGION):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=os.environ["ENDPOINT_URL"],
        aws_access_key_id=account,
        aws_secret_access_key="secret-of-" + account,
        config=Config(retries={"max_attempts": 1}),
    )


def check(what, got, want):
    global checks
    checks += 1
    if got != want:
        sys.exit(f"boto3: {what}: got {got!r}, want {want!r}")


def refused(code, call, **arguments):
    """The call must fail with AWS's error code and a status of 4xx."""
    try:
        call(**arguments)
    except ClientError as e:
        check("refusal", e.response["Error"]["Code"], code)
        check("message", bool(e.response["Error"]["Message"]), True)
        check("status", e.response["ResponseMetadata"]["HTTPStatusCode"] // 100, 4)
        check("request ID", bool(e.response["ResponseMetadata"]["RequestId"]), True)
        return
    sys.exit(f"boto3: {arguments}: succeeded, want {code}")


def network(ec2, block):
    """Makes a VPC of two subnets, in zones a and b."""
    vpc = ec2.create_vpc(CidrBlock=block + ".0.0/16")["Vpc"]["VpcId"]
    ec2.get_waiter("vpc_available").wait(VpcIds=[vpc])
    subnets = [
        ec2.create_subnet(VpcId=vpc, AvailabilityZone=REGION + az, CidrBlock=f"{block}.{i}.0/24")["Subnet"]["SubnetId"]
        for i, az in enumerate("ab")
    ]
    ec2.get_waiter("subnet_available").wait(SubnetIds=subnets)
    return vpc, subnets


def balancer(elb, name, kind, subnets):
    arn = elb.create_load_balancer(Name=name, Type=kind, Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[arn])
    return arn


def state(ec2, endpoint):
    return ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]["State"]


def until(what, done):
    for _ in range(50):
        if done():
            return
        time.sleep(0.1)
    sys.exit(f"boto3: {what}: not within five seconds")


def share(provider, elb, subnets):
    """The provider shares what is behind a Network Load Balancer with the consumer alone."""
    nlb = balancer(elb, "orders", "network", subnets)
    made = provider.create_vpc_endpoint_service_configuration(
        NetworkLoadBalancerArns=[nlb],
        AcceptanceRequired=True,
        PrivateDnsName="api.example.com",
        TagSpecifications=[{"ResourceType": "vpc-endpoint-service", "Tags": [{"Key": "Name", "Value": "orders"}]}],
    )["ServiceConfiguration"]
    check("acceptance", made["AcceptanceRequired"], True)
    check("zones", made["AvailabilityZones"], [REGION + "a", REGION + "b"])
    check("tags", made["Tags"], [{"Key": "Name", "Value": "orders"}])
    check("verification", made["PrivateDnsNameConfiguration"]["Type"], "TXT")
    service = made["ServiceId"]
    principal = f"arn:aws:iam::{CONSUMER}:root"
    added = provider.modify_vpc_endpoint_service_permissions(ServiceId=service, AddAllowedPrincipals=[principal])
    check("added", [p["Principal"] for p in added["AddedPrincipals"]], [principal])
    topic = f"arn:aws:sns:{REGION}:{PROVIDER}:connections"
    notification = provider.create_vpc_endpoint_connection_notification(
        ServiceId=service, ConnectionNotificationArn=topic, ConnectionEvents=["Accept", "Connect"]
    )["ConnectionNotification"]
    check("events", sorted(notification["ConnectionEvents"]), ["Accept", "Connect"])
    found = provider.describe_vpc_endpoint_service_configurations(Filters=[{"Name": "tag:Name", "Values": ["ord*"]}])
    check("by a wildcard", [s["ServiceId"] for s in found["ServiceConfigurations"]], [service])
    stranger = client(STRANGER, "ec2")
    refused("InvalidServiceName", stranger.describe_vpc_endpoint_services, ServiceNames=[made["ServiceName"]])
    return nlb, service, made["ServiceName"], notification["ConnectionNotificationId"]


def connect(provider, consumer, service, name, vpc, subnets):
    """The consumer makes an endpoint, which the provider accepts."""
    group = consumer.create_security_group(GroupName="orders", Description="orders", VpcId=vpc)["GroupId"]
    consumer.get_waiter("security_group_exists").wait(GroupIds=[group])
    consumer.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}],
    )
    request = dict(
        VpcEndpointType="Interface",
        VpcId=vpc,
        ServiceName=name,
        SubnetIds=subnets,
        SecurityGroupIds=[group],
        ClientToken="one and only",
        TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": [{"Key": "Name", "Value": "orders <&> eu"}]}],
    )
    refused("DryRunOperation", consumer.create_vpc_endpoint, DryRun=True, **request)
    endpoint = consumer.create_vpc_endpoint(**request)["VpcEndpoint"]["VpcEndpointId"]
    check("the same token", consumer.create_vpc_endpoint(**request)["VpcEndpoint"]["VpcEndpointId"], endpoint)
    refused("IdempotentParameterMismatch", consumer.create_vpc_endpoint, **{**request, "SubnetIds": subnets[:1]})
    check("before acceptance", state(consumer, endpoint), "pendingAcceptance")
    connections = provider.describe_vpc_endpoint_connections(Filters=[{"Name": "service-id", "Values": [service]}])
    check("the connection", [c["VpcEndpointOwner"] for c in connections["VpcEndpointConnections"]], [CONSUMER])
    answer = provider.accept_vpc_endpoint_connections(
        ServiceId=service, VpcEndpointIds=[endpoint, "vpce-0123456789abcdef0"]
    )
    check("not accepted", [u["ResourceId"] for u in answer["Unsuccessful"]], ["vpce-0123456789abcdef0"])
    until("available", lambda: state(consumer, endpoint) == "available")
    made = consumer.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]
    check("tags", made["Tags"], [{"Key": "Name", "Value": "orders <&> eu"}])
    check("creation", made["CreationTimestamp"].tzinfo is not None, True)
    check("DNS names", len(made["DnsEntries"]), 1 + len(subnets))
    interfaces = consumer.describe_network_interfaces(NetworkInterfaceIds=made["NetworkInterfaceIds"])
    check("managed by AWS", [i["RequesterManaged"] for i in interfaces["NetworkInterfaces"]], [True] * len(subnets))
    return group, made


def name_it(dns, vpc, entry):
    """A private zone leads to the endpoint, by an alias."""
    zone = dns.create_hosted_zone(
        Name="orders.internal", CallerReference="one", VPC={"VPCRegion": REGION, "VPCId": vpc}
    )["HostedZone"]["Id"]
    alias = {
        "Name": "api.orders.internal",
        "Type": "A",
        "AliasTarget": {"HostedZoneId": entry["HostedZoneId"], "DNSName": entry["DnsName"], "EvaluateTargetHealth": False},
    }
    texts = [
        {"Name": f"t{i:03}.orders.internal", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": f'"<{i}> & \\"\\052\\""'}]}
        for i in range(120)
    ]
    change = dns.change_resource_record_sets(
        HostedZoneId=zone,
        ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": r} for r in [alias, *texts]]},
    )["ChangeInfo"]["Id"]
    dns.get_waiter("resource_record_sets_changed").wait(Id=change)
    pages = list(dns.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone, MaxItems="50"))
    sets = [s for page in pages for s in page["ResourceRecordSets"]]
    check("pages of records", len(pages), 3)
    check("records", len(sets), 123)
    got = [s for s in sets if s["Name"] == "api.orders.internal."]
    check("the alias", [s["AliasTarget"]["DNSName"] for s in got], [entry["DnsName"] + "."])
    refused(
        "InvalidChangeBatch",
        dns.change_resource_record_sets,
        HostedZoneId=zone,
        ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": alias}]},
    )
    refused("HostedZoneNotEmpty", dns.delete_hosted_zone, Id=zone)
    found = dns.list_hosted_zones_by_vpc(VPCId=vpc, VPCRegion=REGION)["HostedZoneSummaries"]
    check("zones of the VPC", [z["Name"] for z in found], ["orders.internal."])
    ours = [s for s in sets if s["Type"] not in ("NS", "SOA")]
    dns.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "DELETE", "ResourceRecordSet": s} for s in ours]}
    )
    dns.delete_hosted_zone(Id=zone)
    refused("NoSuchHostedZone", dns.get_hosted_zone, Id=zone)


def gateway(ec2, vpc):
    """A gateway endpoint is found by route tables."""
    tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)]
    service = f"com.amazonaws.{REGION}.s3"
    s3 = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=service, RouteTableIds=tables)["VpcEndpoint"]
    check("type", s3["VpcEndpointType"], "Gateway")
    lists = ec2.get_paginator("describe_prefix_lists").paginate(
        Filters=[{"Name": "prefix-list-name", "Values": [service]}]
    )
    prefix = [p["PrefixListId"] for page in lists for p in page["PrefixLists"] if ":" not in p["Cidrs"][0]]
    routes = ec2.describe_route_tables(RouteTableIds=tables)["RouteTables"]
    via = [r["DestinationPrefixListId"] for t in routes for r in t["Routes"] if r.get("GatewayId") == s3["VpcEndpointId"]]
    check("routes", via, prefix * 2)
    ec2.modify_vpc_endpoint(VpcEndpointId=s3["VpcEndpointId"], RemoveRouteTableIds=tables[1:])
    check("after the change", ec2.describe_vpc_endpoints(VpcEndpointIds=[s3["VpcEndpointId"]])["VpcEndpoints"][0]["RouteTableIds"], tables[:1])
    return s3["VpcEndpointId"], tables[0]


def inspect(provider, elb, consumer, vpc, table):
    """A Gateway Load Balancer endpoint is the target of a route."""
    _, subnets = network(provider, "10.3")
    gwlb = balancer(elb, "inspection", "gateway", subnets[:1])
    service = provider.create_vpc_endpoint_service_configuration(
        GatewayLoadBalancerArns=[gwlb], AcceptanceRequired=False
    )["ServiceConfiguration"]
    provider.modify_vpc_endpoint_service_permissions(ServiceId=service["ServiceId"], AddAllowedPrincipals=["*"])
    subnet = consumer.create_subnet(VpcId=vpc, AvailabilityZone=REGION + "a", CidrBlock="10.2.9.0/24")["Subnet"]["SubnetId"]
    bump = consumer.create_vpc_endpoint(
        VpcEndpointType="GatewayLoadBalancer", VpcId=vpc, ServiceName=service["ServiceName"], SubnetIds=[subnet]
    )["VpcEndpoint"]["VpcEndpointId"]
    until("available", lambda: state(consumer, bump) == "available")
    consumer.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", VpcEndpointId=bump)
    consumer.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    refused("InvalidRoute.NotFound", consumer.delete_route, RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    return bump, service["ServiceId"]


def lists(ec2, want):
    pages = list(ec2.get_paginator("describe_vpc_endpoints").paginate(PaginationConfig={"PageSize": 1}))
    check("pages", len([p for p in pages if p["VpcEndpoints"]]), want)
    services = ec2.describe_vpc_endpoint_services(Filters=[{"Name": "service-type", "Values": ["Gateway"]}])
    check("gateway services", {s["ServiceType"][0]["ServiceType"] for s in services["ServiceDetails"]}, {"Gateway"})
    refused("InvalidFilter", ec2.describe_vpc_endpoints, Filters=[{"Name": "colour", "Values": ["red"]}])


def main():
    check("account", client(CONSUMER, "sts").get_caller_identity()["Account"], CONSUMER)
    provider, consumer = client(PROVIDER, "ec2"), client(CONSUMER, "ec2")
    elb, dns = client(PROVIDER, "elbv2"), client(CONSUMER, "route53")
    refused("InvalidAction", consumer.describe_instances)

    _, theirs = network(provider, "10.1")
    nlb, service, name, notification = share(provider, elb, theirs)
    vpc, subnets = network(consumer, "10.2")
    group, made = connect(provider, consumer, service, name, vpc, subnets)
    endpoint = made["VpcEndpointId"]
    name_it(dns, vpc, made["DnsEntries"][0])
    s3, table = gateway(consumer, vpc)
    bump, inspection = inspect(provider, elb, consumer, vpc, table)
    lists(consumer, 3)

    kept = provider.delete_vpc_endpoint_service_configurations(ServiceIds=[service])["Unsuccessful"]
    check("a service in use", [u["Error"]["Code"] for u in kept], ["ExistingVpcEndpointConnections"])
    refused("DependencyViolation", consumer.delete_security_group, GroupId=group)
    gone = consumer.delete_vpc_endpoints(VpcEndpointIds=[endpoint, s3, bump, "vpce-0123456789abcdef0"])
    check("not deleted", [u["Error"]["Code"] for u in gone["Unsuccessful"]], ["InvalidVpcEndpoint.NotFound"])
    until("no endpoint", lambda: not consumer.describe_vpc_endpoints()["VpcEndpoints"])
    refused("InvalidVpcEndpointId.NotFound", consumer.describe_vpc_endpoints, VpcEndpointIds=[endpoint])
    provider.delete_vpc_endpoint_connection_notifications(ConnectionNotificationIds=[notification])
    deleted = provider.delete_vpc_endpoint_service_configurations(ServiceIds=[service, inspection])
    check("deleted services", deleted.get("Unsuccessful", []), [])
    elb.delete_load_balancer(LoadBalancerArn=nlb)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[nlb])
    consumer.delete_security_group(GroupId=group)
    for subnet in subnets:
        consumer.delete_subnet(SubnetId=subnet)
    refused("DependencyViolation", consumer.delete_vpc, VpcId=vpc)
    print(f"boto3 {boto3.__version__}: {checks} checks")


main()
