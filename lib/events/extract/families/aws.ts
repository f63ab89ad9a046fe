/** Amazon's cloud. */
export { bedrock, cloudfront, securityHub, vpcFlow } from '../types/aws.ts';
export { cloudtrail } from '../types/cloudtrail.ts';
