#!/usr/bin/env bash
# The story of examples/internal-api, and gateway and Gateway Load Balancer endpoints, told by AWS's command line to the fake on the wire.
# Called by .ci/clients, which sets ENDPOINT_URL. Each step asserts on what the command line prints.
set -euo pipefail

checks=0

# as ACCOUNT SERVICE OPERATION… calls AWS as an account.
as() {
  local account=$1
  shift
  AWS_ACCESS_KEY_ID=$account AWS_SECRET_ACCESS_KEY=secret-of-$account aws --endpoint-url "$ENDPOINT_URL" --region us-east-1 --output text "$@"
}
provider() { as 411111111111 "$@"; }
consumer() { as 422222222222 "$@"; }
stranger() { as 433333333333 "$@"; }

# is WHAT WANTED GOT: GOT, with its blanks as single spaces, must be WANTED.
is() {
  local got
  got=$(xargs <<<"$3")
  if [[ $got != "$2" ]]; then
    printf 'CLI: %s: got %q, want %q\n' "$1" "$got" "$2" >&2
    exit 1
  fi
  checks=$((checks + 1))
}

# refused CODE COMMAND…: the command must fail with AWS's error code.
refused() {
  local code=$1 said
  shift
  if said=$("$@" 2>&1); then
    printf 'CLI: %s: succeeded, want %s\n' "$*" "$code" >&2
    exit 1
  fi
  if [[ $said != *"($code)"* ]]; then
    printf 'CLI: %s: %s, want %s\n' "$*" "$said" "$code" >&2
    exit 1
  fi
  checks=$((checks + 1))
}

# until_gone COMMAND…: the command succeeds and prints nothing, soon.
until_gone() {
  local i said
  for ((i = 0; i < 20; i++)); do
    said=$("$@")
    [[ -z $said ]] && return
    sleep 0.2
  done
  printf 'CLI: %s: still prints %s\n' "$*" "$said" >&2
  exit 1
}

# network AS BLOCK makes a VPC of two subnets, in zones a and b: sets vpc, subnet_a and subnet_b.
network() {
  vpc=$("$1" ec2 create-vpc --cidr-block "$2.0.0/16" --query Vpc.VpcId)
  "$1" ec2 wait vpc-available --vpc-ids "$vpc"
  subnet_a=$("$1" ec2 create-subnet --vpc-id "$vpc" --availability-zone us-east-1a --cidr-block "$2.1.0/24" --query Subnet.SubnetId)
  subnet_b=$("$1" ec2 create-subnet --vpc-id "$vpc" --availability-zone us-east-1b --cidr-block "$2.2.0/24" --query Subnet.SubnetId)
}

is "the caller's account" 422222222222 "$(consumer sts get-caller-identity --query Account)"

# The provider shares what is behind a Network Load Balancer.
network provider 10.1
nlb=$(provider elbv2 create-load-balancer --name orders --type network --subnets "$subnet_a" "$subnet_b" --query 'LoadBalancers[0].LoadBalancerArn')
provider elbv2 wait load-balancer-available --load-balancer-arns "$nlb"
read -r service name < <(provider ec2 create-vpc-endpoint-service-configuration --network-load-balancer-arns "$nlb" --acceptance-required \
  --tag-specifications 'ResourceType=vpc-endpoint-service,Tags=[{Key=Name,Value=orders}]' --query 'ServiceConfiguration.[ServiceId,ServiceName]')
is "the service's name" "com.amazonaws.vpce.us-east-1.$service" "$name"
is "permission" True "$(provider ec2 modify-vpc-endpoint-service-permissions --service-id "$service" \
  --add-allowed-principals arn:aws:iam::422222222222:root --query ReturnValue)"
is "permissions" "arn:aws:iam::422222222222:root" "$(provider ec2 describe-vpc-endpoint-service-permissions --service-id "$service" \
  --query 'AllowedPrincipals[].Principal')"
is "who sees the service" "$service" "$(consumer ec2 describe-vpc-endpoint-services --service-names "$name" --query 'ServiceDetails[].ServiceId')"
refused InvalidServiceName stranger ec2 describe-vpc-endpoint-services --service-names "$name"

# The consumer connects; the provider accepts.
network consumer 10.2
group=$(consumer ec2 create-security-group --group-name orders --description "orders" --vpc-id "$vpc" --query GroupId)
consumer ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 443 --cidr 10.2.0.0/16 >/dev/null
connect=(ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id "$vpc" --service-name "$name" --subnet-ids "$subnet_a" "$subnet_b"
  --security-group-ids "$group" --client-token one-and-only --query VpcEndpoint.VpcEndpointId)
refused DryRunOperation consumer "${connect[@]}" --dry-run
endpoint=$(consumer "${connect[@]}")
is "the same token" "$endpoint" "$(consumer "${connect[@]}")"
refused InvalidSubnetID.NotFound consumer ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id "$vpc" --service-name "$name" \
  --subnet-ids subnet-0123456789abcdef0
state=(ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query 'VpcEndpoints[].State')
is "before acceptance" pendingAcceptance "$(consumer "${state[@]}")"
is "the connection" "422222222222 pendingAcceptance" "$(provider ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values="$service" \
  --query 'VpcEndpointConnections[].[VpcEndpointOwner,VpcEndpointState]')"
is "acceptance" "" "$(provider ec2 accept-vpc-endpoint-connections --service-id "$service" --vpc-endpoint-ids "$endpoint" --query Unsuccessful)"
is "an unknown connection" vpce-0123456789abcdef0 "$(provider ec2 accept-vpc-endpoint-connections --service-id "$service" \
  --vpc-endpoint-ids vpce-0123456789abcdef0 --query 'Unsuccessful[].ResourceId')"
is "after acceptance" available "$(consumer "${state[@]}")"
read -r host zone < <(consumer ec2 describe-vpc-endpoints --vpc-endpoint-ids "$endpoint" --query 'VpcEndpoints[0].DnsEntries[0].[DnsName,HostedZoneId]')
is "interfaces" "10.2.1 10.2.2" "$(consumer ec2 describe-network-interfaces --filters Name=vpc-id,Values="$vpc" Name=interface-type,Values=vpc_endpoint \
  --query 'NetworkInterfaces[].PrivateIpAddress' | tr '\t' '\n' | sort | cut -d. -f1-3)"

# A private zone names it.
hosted=$(consumer route53 create-hosted-zone --name orders.internal --caller-reference one --vpc "VPCRegion=us-east-1,VPCId=$vpc" --query HostedZone.Id)
change=$(consumer route53 change-resource-record-sets --hosted-zone-id "$hosted" --query ChangeInfo.Id --change-batch "{\"Changes\": [{\"Action\": \"CREATE\",
  \"ResourceRecordSet\": {\"Name\": \"api.orders.internal\", \"Type\": \"A\",
  \"AliasTarget\": {\"HostedZoneId\": \"$zone\", \"DNSName\": \"$host\", \"EvaluateTargetHealth\": false}}}]}")
consumer route53 wait resource-record-sets-changed --id "$change"
is "the records" "A NS SOA" "$(consumer route53 list-resource-record-sets --hosted-zone-id "$hosted" --page-size 1 \
  --query 'ResourceRecordSets[].Type' | tr '\t' '\n' | sort)"
is "the alias" "$host." "$(consumer route53 list-resource-record-sets --hosted-zone-id "$hosted" \
  --query "ResourceRecordSets[?Name=='api.orders.internal.'].AliasTarget.DNSName")"
refused InvalidChangeBatch consumer route53 change-resource-record-sets --hosted-zone-id "$hosted" --change-batch '{"Changes": [{"Action": "DELETE",
  "ResourceRecordSet": {"Name": "no.orders.internal", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": "\"no\""}]}}]}'
refused HostedZoneNotEmpty consumer route53 delete-hosted-zone --id "$hosted"

# A gateway endpoint, found by route tables.
table=$(consumer ec2 create-route-table --vpc-id "$vpc" --query RouteTable.RouteTableId)
s3=$(consumer ec2 create-vpc-endpoint --vpc-id "$vpc" --service-name com.amazonaws.us-east-1.s3 --route-table-ids "$table" --query VpcEndpoint.VpcEndpointId)
list=$(consumer ec2 describe-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.us-east-1.s3 \
  --query "PrefixLists[?!contains(Cidrs[0], ':')].PrefixListId")
is "the gateway's route" "$list" "$(consumer ec2 describe-route-tables --route-table-ids "$table" \
  --query "RouteTables[].Routes[?GatewayId=='$s3'].DestinationPrefixListId")"

# A Gateway Load Balancer endpoint, as a route's target.
consumers=$vpc
network provider 10.3
gwlb=$(provider elbv2 create-load-balancer --name inspection --type gateway --subnets "$subnet_a" --query 'LoadBalancers[0].LoadBalancerArn')
read -r inspection inspected < <(provider ec2 create-vpc-endpoint-service-configuration --gateway-load-balancer-arns "$gwlb" --no-acceptance-required \
  --query 'ServiceConfiguration.[ServiceId,ServiceName]')
provider ec2 modify-vpc-endpoint-service-permissions --service-id "$inspection" --add-allowed-principals arn:aws:iam::422222222222:root >/dev/null
subnet=$(consumer ec2 create-subnet --vpc-id "$consumers" --availability-zone us-east-1a --cidr-block 10.2.3.0/24 --query Subnet.SubnetId)
bump=$(consumer ec2 create-vpc-endpoint --vpc-endpoint-type GatewayLoadBalancer --vpc-id "$consumers" --service-name "$inspected" --subnet-ids "$subnet" \
  --query VpcEndpoint.VpcEndpointId)
is "the GWLB endpoint" available "$(consumer ec2 describe-vpc-endpoints --vpc-endpoint-ids "$bump" --query 'VpcEndpoints[].State')"
is "a route to it" True "$(consumer ec2 create-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0 --vpc-endpoint-id "$bump" --query Return)"

# Filters and pages.
is "by filter" "$endpoint" "$(consumer ec2 describe-vpc-endpoints --filters Name=vpc-endpoint-type,Values=Interface --query 'VpcEndpoints[].VpcEndpointId')"
is "all, by pages" 3 "$(consumer ec2 describe-vpc-endpoints --page-size 1 --query 'VpcEndpoints[].[VpcEndpointId]' | sort -u | wc -l)"

# All is taken down; what is in use, AWS keeps.
is "a service in use" ExistingVpcEndpointConnections "$(provider ec2 delete-vpc-endpoint-service-configurations --service-ids "$service" \
  --query 'Unsuccessful[].Error.Code')"
refused DependencyViolation consumer ec2 delete-security-group --group-id "$group"
consumer ec2 delete-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0
is "one unknown endpoint of four" "vpce-0123456789abcdef0 InvalidVpcEndpoint.NotFound" "$(consumer ec2 delete-vpc-endpoints \
  --vpc-endpoint-ids "$endpoint" "$s3" "$bump" vpce-0123456789abcdef0 --query 'Unsuccessful[].[ResourceId,Error.Code]')"
until_gone consumer ec2 describe-vpc-endpoints --query 'VpcEndpoints[].VpcEndpointId'
for s in "$service" "$inspection"; do
  is "a service that nobody uses" "" "$(provider ec2 delete-vpc-endpoint-service-configurations --service-ids "$s" --query Unsuccessful)"
done
until_gone provider ec2 describe-vpc-endpoint-service-configurations --query 'ServiceConfigurations[].ServiceId'
provider elbv2 delete-load-balancer --load-balancer-arn "$nlb"
provider elbv2 wait load-balancers-deleted --load-balancer-arns "$nlb"
consumer route53 change-resource-record-sets --hosted-zone-id "$hosted" --change-batch "{\"Changes\": [{\"Action\": \"DELETE\",
  \"ResourceRecordSet\": {\"Name\": \"api.orders.internal\", \"Type\": \"A\",
  \"AliasTarget\": {\"HostedZoneId\": \"$zone\", \"DNSName\": \"$host\", \"EvaluateTargetHealth\": false}}}]}" >/dev/null
consumer route53 delete-hosted-zone --id "$hosted" >/dev/null
refused NoSuchHostedZone consumer route53 get-hosted-zone --id "$hosted"
consumer ec2 delete-security-group --group-id "$group" >/dev/null
refused InvalidGroup.NotFound consumer ec2 describe-security-groups --group-ids "$group"

printf 'CLI: %d checks, %s\n' "$checks" "$(aws --version)"
